package firstanswer.transport;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import firstanswer.codec.wire.LengthPrefixDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Cuts a stream of bytes into DNS messages. A message that has begun must be whole within a time,
 * or the stage completes, and with it the peer's half of the connection; so it does for a message
 * over the limit. The time counts only while we read.
 */
public final class DnsFraming extends GraphStage<FlowShape<ByteString, byte[]>> {
  private static final String WHOLE = "whole";

  private final Inlet<ByteString> in = Inlet.create("DnsFraming.in");
  private final Outlet<byte[]> out = Outlet.create("DnsFraming.out");
  private final FlowShape<ByteString, byte[]> shape = FlowShape.of(in, out);
  private final int maxMessageBytes;
  private final Duration messageTimeout;

  /** Messages of up to {@code maxMessageBytes}, each whole within {@code messageTimeout}. */
  public DnsFraming(int maxMessageBytes, Duration messageTimeout) {
    this.maxMessageBytes = maxMessageBytes;
    this.messageTimeout = messageTimeout;
  }

  /** One message as it goes over the wire. */
  public static ByteString bytes(byte[] message) {
    ByteBuffer framed = ByteBuffer.allocate(LengthPrefixDecoder.PREFIX_BYTES + message.length);
    return ByteString.fromArrayUnsafe(framed.putShort((short) message.length).put(message).array());
  }

  @Override
  public FlowShape<ByteString, byte[]> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private final LengthPrefixDecoder decoder = new LengthPrefixDecoder(maxMessageBytes);

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              decoder.feed(grab(in).toArrayUnsafe());
              deliver();
            }

            @Override
            public void onUpstreamFinish() {
              if (isAvailable(out)) {
                deliver();
              }
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              deliver();
            }
          });
    }

    /** A message is wanted: hands one on, or reads on, or completes. */
    private void deliver() {
      Optional<byte[]> message = decoder.poll();
      if (message.isPresent()) {
        cancelTimer(WHOLE);
        push(out, message.get());
      } else if (decoder.overLong() || isClosed(in)) {
        completeStage();
      } else {
        pull(in);
        if (decoder.holdsBytes() && !isTimerActive(WHOLE)) {
          scheduleOnce(WHOLE, messageTimeout);
        }
      }
    }

    @Override
    public void onTimer(Object key) {
      completeStage();
    }
  }
}
