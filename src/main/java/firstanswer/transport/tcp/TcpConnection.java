package firstanswer.transport.tcp;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.SubscriptionWithCancelException.NonFailureCancellation;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import firstanswer.transport.loop.EventLoop;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * The bytes of a TCP connection that stands, to the peer and from it, on an event loop.
 *
 * <p>Reads only what is wanted, and asks for more to send only when the system has taken all. Each
 * direction ends by itself: the end of the bytes to the peer is told to the peer (FIN), and the
 * connection is closed when the peer has ended, too. A failure resets the connection.
 */
final class TcpConnection extends GraphStage<FlowShape<ByteString, ByteString>> {
  /** The bytes that are read at a time. */
  static final int READ_BYTES = 16 * 1024;

  /** The most reads, of up to 64 KiB each, before the connection is closed. */
  private static final int MAX_LAST_READS = 16;

  private final Inlet<ByteString> toPeer = Inlet.create("TcpConnection.toPeer");
  private final Outlet<ByteString> fromPeer = Outlet.create("TcpConnection.fromPeer");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(toPeer, fromPeer);
  private final SocketChannel channel;

  /** Runs on an event loop, and closes {@code channel} at its end. */
  TcpConnection(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {
    private final AsyncCallback<Integer> ready = createAsyncCallback(this::onReady);
    private EventLoop loop;
    private SelectionKey key;

    /** The rest of what the system has not taken at once. */
    private ByteBuffer unwritten;

    /** Whether a message about readiness is on its way. */
    private boolean told;

    /** Whether more bytes are perhaps there to be read. */
    private boolean readable;

    private boolean peerEnded;

    Logic() {
      super(shape);
      setHandler(toPeer, new ToPeer());
      setHandler(fromPeer, new FromPeer());
    }

    @Override
    public void preStart() {
      // Until the peer has its last bytes, even if nobody reads what the peer sends.
      setKeepGoing(true);
      try {
        loop = EventLoop.current();
        key = loop.register(channel, 0, this::tell);
        pull(toPeer);
      } catch (IOException e) {
        failStage(e);
      }
    }

    /**
     * Tells the stage that the channel is ready. If the stage has not handled the last report,
     * stops watching the channel, because the loop would report it in every turn.
     */
    private void tell(SelectionKey at) {
      if (told) {
        at.interestOps(0);
      } else {
        told = true;
        ready.invoke(at.readyOps());
      }
    }

    private void onReady(int operations) {
      told = false;
      if ((operations & SelectionKey.OP_WRITE) != 0 && unwritten != null) {
        write();
      }
      readable |= (operations & SelectionKey.OP_READ) != 0;
      readIfWanted();
    }

    /** Tells the loop what to wait for. */
    private void watch() {
      if (key.isValid()) {
        int wanted =
            (peerEnded || (readable && !isClosed(fromPeer)) ? 0 : SelectionKey.OP_READ)
                | (unwritten == null ? 0 : SelectionKey.OP_WRITE);
        if (wanted != key.interestOps()) {
          key.interestOps(wanted);
        }
      }
    }

    private void readIfWanted() {
      boolean wanted = isClosed(fromPeer) || isAvailable(fromPeer);
      if (wanted && readable && !peerEnded) {
        read();
      }
      watch();
    }

    /**
     * Reads also bytes that nobody wants any more, because the end of the connection comes after
     * them.
     */
    private void read() {
      try {
        ByteBuffer buffer = loop.buffer().limit(READ_BYTES);
        int count = channel.read(buffer);
        readable = count == READ_BYTES;
        if (count < 0) {
          peerEnded = true;
          complete(fromPeer);
          endIfBothEnded();
        } else if (count > 0 && !isClosed(fromPeer)) {
          byte[] bytes = new byte[count];
          buffer.flip().get(bytes);
          push(fromPeer, ByteString.fromArrayUnsafe(bytes));
        }
      } catch (IOException e) {
        failStage(e);
      }
    }

    private void write() {
      try {
        channel.write(unwritten);
        if (unwritten.hasRemaining()) {
          watch();
          return;
        }
        unwritten = null;
        watch();
        if (isClosed(toPeer)) {
          end();
        } else {
          pull(toPeer);
        }
      } catch (IOException e) {
        failStage(e);
      }
    }

    /** All bytes to the peer are written. */
    private void end() {
      try {
        channel.shutdownOutput();
        endIfBothEnded();
      } catch (IOException e) {
        failStage(e);
      }
    }

    private void endIfBothEnded() throws IOException {
      if (isClosed(toPeer) && unwritten == null && (peerEnded || isClosed(fromPeer))) {
        readTheRest();
        completeStage();
      }
    }

    /**
     * If bytes are unread when the connection is closed, the system resets it, and the peer may
     * lose what was sent last.
     */
    private void readTheRest() throws IOException {
      ByteBuffer buffer = loop.buffer();
      for (int i = 0; i < MAX_LAST_READS && !peerEnded; i++) {
        if (channel.read(buffer.clear()) <= 0) {
          return;
        }
      }
    }

    private void reset(Throwable cause) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException e) {
        // It is closed already.
      }
      failStage(cause);
    }

    @Override
    public void postStop() {
      try {
        channel.close();
      } catch (IOException e) {
        // It is closed all the same.
      }
    }

    private final class ToPeer extends AbstractInHandler {
      @Override
      public void onPush() {
        unwritten = grab(toPeer).asByteBuffer();
        write();
      }

      @Override
      public void onUpstreamFinish() {
        if (unwritten == null) {
          end();
        }
      }

      @Override
      public void onUpstreamFailure(Throwable failure) {
        reset(failure);
      }
    }

    private final class FromPeer extends AbstractOutHandler {
      @Override
      public void onPull() {
        readIfWanted();
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        if (cause instanceof NonFailureCancellation) {
          try {
            endIfBothEnded();
          } catch (IOException e) {
            failStage(e);
          }
          readIfWanted();
        } else {
          reset(cause);
        }
      }
    }
  }
}
