package firstanswer.transport.tcp;

import firstanswer.transport.loop.EventLoop;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts TCP connections on an event loop. Takes no further one while too many of those that it
 * has accepted are not settled.
 */
final class Acceptor {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final int BACKLOG = 1024;

  /** Connections that are accepted before other sockets have their turn. */
  private static final int MAX_AT_ONCE = 8;

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  private final EventLoop loop;
  private final ServerSocketChannel channel;
  private final int sendBufferBytes;
  private final int maxUnsettled;
  private final Function<SocketChannel, CompletionStage<?>> taker;
  private SelectionKey key;
  private int unsettled;

  /** Whether the last attempt has failed, which is worth one line. */
  private boolean failing;

  private Acceptor(
      EventLoop loop,
      ServerSocketChannel channel,
      Options options,
      Function<SocketChannel, CompletionStage<?>> taker) {
    this.loop = loop;
    this.channel = channel;
    this.sendBufferBytes = options.sendBufferBytes();
    this.maxUnsettled = options.maxUnsettled();
    this.taker = taker;
  }

  /**
   * How to accept.
   *
   * @param sendBufferBytes the size of the system's send buffer; Linux doubles it
   * @param maxUnsettled connections that are not settled
   */
  record Options(int sendBufferBytes, int maxUnsettled) {}

  /**
   * Binds {@code address} on {@code loop}, whose thread calls. Fails with a CompletionException.
   *
   * @param taker takes a connection, which is settled when the stage completes
   */
  static Acceptor bind(
      EventLoop loop,
      InetSocketAddress address,
      Options options,
      Function<SocketChannel, CompletionStage<?>> taker) {
    try {
      return listen(loop, address, options, taker);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static Acceptor listen(
      EventLoop loop,
      InetSocketAddress address,
      Options options,
      Function<SocketChannel, CompletionStage<?>> taker)
      throws IOException {
    ServerSocketChannel channel = channelFor(address);
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address, BACKLOG).configureBlocking(false);
      Acceptor acceptor = new Acceptor(loop, channel, options, taker);
      acceptor.key = loop.register(channel, SelectionKey.OP_ACCEPT, at -> acceptor.accept());
      return acceptor;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** By default, Java takes 0.0.0.0 for the wildcard address of IPv6, which stands for both. */
  private static ServerSocketChannel channelFor(InetSocketAddress address) throws IOException {
    return address.getAddress() instanceof Inet4Address
        ? ServerSocketChannel.open(StandardProtocolFamily.INET)
        : ServerSocketChannel.open();
  }

  /** The address that is bound, with the real port. */
  InetSocketAddress address() {
    return (InetSocketAddress) channel.socket().getLocalSocketAddress();
  }

  private void accept() {
    try {
      for (int i = 0; i < MAX_AT_ONCE && unsettled < maxUnsettled; i++) {
        SocketChannel connection = channel.accept();
        if (connection == null) {
          return;
        }
        failing = false;
        take(connection);
      }
      if (unsettled == maxUnsettled) {
        pause();
      }
    } catch (IOException e) {
      if (channel.isOpen()) {
        if (!failing) {
          LOG.warn("cannot accept connections: {}", e.toString());
        }
        failing = true;
        pause();
        CompletableFuture.delayedExecutor(
                PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS, loop)
            .execute(this::resume);
      }
    }
  }

  private void pause() {
    key.interestOps(0);
  }

  private void resume() {
    if (key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  /** Prepares a connection and hands it on. A failure closes only this connection. */
  private void take(SocketChannel connection) {
    try {
      connection.configureBlocking(false);
      connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
      connection.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
    } catch (IOException e) {
      close(connection);
      return;
    }
    CompletionStage<?> taken;
    try {
      taken = taker.apply(connection);
    } catch (RuntimeException e) {
      close(connection);
      throw e;
    }
    unsettled++;
    taken.whenComplete((done, failure) -> loop.execute(this::settled));
  }

  private void settled() {
    if (unsettled-- == maxUnsettled) {
      resume();
    }
  }

  private static void close(SocketChannel connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /** Accepts no more; completes when the port is free. */
  CompletionStage<Void> close() {
    return loop.close(channel);
  }
}
