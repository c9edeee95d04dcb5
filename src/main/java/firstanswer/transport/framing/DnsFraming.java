package firstanswer.transport.framing;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import firstanswer.codec.wire.LengthPrefixDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Cuts a stream of bytes into DNS messages. A message that has begun must be whole within a time;
 * otherwise the stage completes, and with it the peer's half of the connection. A message over the
 * limit completes the stage, too. The time counts only while we read.
 */
public final class DnsFraming extends GraphStage<FlowShape<ByteString, byte[]>> {
  private static final String WHOLE = "whole";

  private final FlowShape<ByteString, byte[]> shape =
      FlowShape.of(Inlet.create("DnsFraming.in"), Outlet.create("DnsFraming.out"));
  private final int maxMessageBytes;
  private final Duration messageTimeout;

  /** Messages of up to {@code maxMessageBytes}, each whole within {@code messageTimeout}. */
  public DnsFraming(int maxMessageBytes, Duration messageTimeout) {
    this.maxMessageBytes = maxMessageBytes;
    this.messageTimeout = messageTimeout;
  }

  /** One message as it goes over the wire, behind its length (RFC 1035 section 4.2.2). */
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

  private final class Logic extends FramingLogic<byte[]> {
    private final LengthPrefixDecoder decoder = new LengthPrefixDecoder(maxMessageBytes);

    Logic() {
      super(shape);
    }

    @Override
    void feed(byte[] bytes) {
      decoder.feed(bytes);
    }

    @Override
    Optional<byte[]> poll() {
      Optional<byte[]> message = decoder.poll();
      if (message.isPresent()) {
        cancelTimer(WHOLE);
      }
      return message;
    }

    @Override
    boolean isFinished() {
      return decoder.overLong();
    }

    /** More bytes do not put the time off, or a peer could hold the connection byte by byte. */
    @Override
    void startTimer() {
      if (decoder.holdsBytes() && !isTimerActive(WHOLE)) {
        scheduleOnce(WHOLE, messageTimeout);
      }
    }

    @Override
    public void onTimer(Object key) {
      completeStage();
    }
  }
}
