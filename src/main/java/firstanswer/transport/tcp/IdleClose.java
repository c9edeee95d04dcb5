package firstanswer.transport.tcp;

import akka.stream.Attributes;
import akka.stream.BidiShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Closes a connection on which nothing was sent either way for a time. The client sees an orderly
 * end (FIN), which every resolver expects (RFC 7766 section 6.2.3), and no reset. Only when the
 * client has not even taken what was sent before does the stage fail, which resets the connection:
 * an orderly end would wait for that client.
 */
final class IdleClose
    extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {
  private static final String TICK = "tick";

  /** The resolution of the timeout: a connection is closed at most one tick late. */
  private static final int TICKS_PER_TIMEOUT = 8;

  private final Inlet<ByteString> fromClient = Inlet.create("IdleClose.fromClient");
  private final Outlet<ByteString> received = Outlet.create("IdleClose.received");
  private final Inlet<ByteString> toSend = Inlet.create("IdleClose.toSend");
  private final Outlet<ByteString> toClient = Outlet.create("IdleClose.toClient");
  private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
      new BidiShape<>(fromClient, received, toSend, toClient);
  private final Duration timeout;

  /** Closes after {@code timeout} without a byte either way. */
  IdleClose(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private int idleTicks;

    Logic() {
      super(shape);
      passOn(fromClient, received);
      passOn(toSend, toClient);
    }

    @Override
    public void preStart() {
      Duration tick = timeout.dividedBy(TICKS_PER_TIMEOUT);
      scheduleAtFixedRate(TICK, tick, tick);
    }

    @Override
    public void onTimer(Object key) {
      idleTicks++;
      if (idleTicks <= TICKS_PER_TIMEOUT) {
        return;
      }
      if (isAvailable(toClient) || isClosed(toClient)) {
        completeStage();
      } else {
        failStage(new TimeoutException("no byte either way for " + timeout));
      }
    }

    private void passOn(Inlet<ByteString> in, Outlet<ByteString> out) {
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              idleTicks = 0;
              push(out, grab(in));
            }

            @Override
            public void onUpstreamFinish() {
              complete(out);
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pull(in);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              cancel(in, cause);
            }
          });
    }
  }
}
