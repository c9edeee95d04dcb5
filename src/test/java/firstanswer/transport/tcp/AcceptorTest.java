package firstanswer.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstanswer.testing.Loops;
import firstanswer.transport.loop.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_UNSETTLED = 2;

  private final EventLoop loop = Loops.start();
  private final BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();
  private CompletableFuture<Void> settled = new CompletableFuture<>();

  @AfterEach
  void release() {
    loop.release();
  }

  private Acceptor bind(String host, int port) {
    return CompletableFuture.supplyAsync(
            () ->
                Acceptor.bind(
                    loop,
                    new InetSocketAddress(host, port),
                    new Acceptor.Options(1 << 16, MAX_UNSETTLED),
                    this::take),
            loop)
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private CompletionStage<?> take(SocketChannel connection) {
    accepted.add(connection);
    return settled;
  }

  private SocketChannel next() throws InterruptedException {
    return accepted.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Socket connect(String host, Acceptor to) throws IOException {
    return new Socket(host, to.address().getPort());
  }

  @Test
  void wildcardOfIpv4TakesNoIpv6() throws Exception {
    Acceptor acceptor = bind("0.0.0.0", 0);
    try (Socket client = connect("127.0.0.1", acceptor)) {
      assertThat(next().getRemoteAddress()).isEqualTo(client.getLocalSocketAddress());
    }
    assertThatThrownBy(() -> connect("::1", acceptor)).isInstanceOf(IOException.class);
  }

  /** Those beyond the limit wait in the system's queue. */
  @Test
  void takesNoFurtherConnectionWhileTooManyAreNotSettled() throws Exception {
    Acceptor acceptor = bind("127.0.0.1", 0);
    try (Socket first = connect("127.0.0.1", acceptor);
        Socket second = connect("127.0.0.1", acceptor);
        Socket third = connect("127.0.0.1", acceptor)) {
      assertThat(next().getRemoteAddress()).isEqualTo(first.getLocalSocketAddress());
      assertThat(next().getRemoteAddress()).isEqualTo(second.getLocalSocketAddress());
      CompletableFuture.runAsync(() -> {}, loop).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(accepted).isEmpty();
      CompletableFuture<Void> before = settled;
      settled = new CompletableFuture<>();
      before.complete(null);
      assertThat(next().getRemoteAddress()).isEqualTo(third.getLocalSocketAddress());
    }
  }

  @Test
  void portIsFreeWhenTheAcceptorHasClosed() throws Exception {
    Acceptor acceptor = bind("127.0.0.1", 0);
    int port = acceptor.address().getPort();
    assertThat(acceptor.close().toCompletableFuture()).succeedsWithin(PATIENCE);
    new ServerSocket(port).close();
  }

  @Test
  void bindFailsWhenThePortIsInUse() {
    Acceptor acceptor = bind("127.0.0.1", 0);
    assertThatThrownBy(() -> bind("127.0.0.1", acceptor.address().getPort()))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IOException.class);
  }
}
