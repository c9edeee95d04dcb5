package firstanswer.transport.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import firstanswer.clock.NanoClock;
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.MessageDecoder;
import firstanswer.codec.text.TextMessage;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Cuts a stream of bytes into messages of the text protocol.
 *
 * <p>A message without a newline ends with a rest: a time without further bytes. The rest counts
 * only while the stage has asked for bytes. As long as nobody downstream wants a message, the stage
 * does not ask, and the other half of the message may lie unread in the socket. Further bytes do
 * not restart the timer, which would cost more than to handle them. Instead, the timer runs out,
 * and starts once more if bytes have come meanwhile.
 *
 * <p>On a busy machine, the timer may fire late, after the next message has arrived. So the clock
 * decides: bytes that arrive after the rest is over are a new message.
 */
public final class TextFraming extends GraphStage<FlowShape<ByteString, TextMessage>> {
  private static final String REST = "rest";

  private final FlowShape<ByteString, TextMessage> shape =
      FlowShape.of(Inlet.create("TextFraming.in"), Outlet.create("TextFraming.out"));
  private final Supplier<MessageDecoder> decoders;
  private final NanoClock clock;

  /**
   * A stage that gets a decoder of its own from {@code decoders} whenever it starts.
   *
   * @param clock tells when a rest is over
   */
  public TextFraming(Supplier<MessageDecoder> decoders, NanoClock clock) {
    this.decoders = decoders;
    this.clock = clock;
  }

  /** One message as it goes over the wire. */
  public static ByteString bytes(String message, Framing framing) {
    return ByteString.fromArrayUnsafe(framing.frame(message).getBytes(ISO_8859_1));
  }

  @Override
  public FlowShape<ByteString, TextMessage> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic(decoders.get());
  }

  private final class Logic extends FramingLogic<TextMessage> {
    private final MessageDecoder decoder;
    private boolean timerRuns;

    /** Whether no bytes have come since the timer was started. */
    private boolean resting;

    /** Whether the decoder holds bytes and we have asked for more since {@link #restBeganNanos}. */
    private boolean waiting;

    private long restBeganNanos;

    Logic(MessageDecoder decoder) {
      super(shape);
      this.decoder = decoder;
    }

    @Override
    void feed(byte[] bytes) {
      if (waiting && clock.nanos() - restBeganNanos >= decoder.rest().toNanos()) {
        decoder.rested();
      }
      resting = false;
      waiting = false;
      decoder.feed(bytes);
    }

    @Override
    Optional<TextMessage> poll() {
      return decoder.poll();
    }

    @Override
    boolean isFinished() {
      return decoder.finished();
    }

    @Override
    void ended() {
      decoder.ended();
    }

    @Override
    void startTimer() {
      if (decoder.rest().isZero()) {
        return;
      }
      if (!waiting) {
        waiting = true;
        restBeganNanos = clock.nanos();
      }
      if (!timerRuns) {
        scheduleOnce(REST, decoder.rest());
        timerRuns = true;
        resting = true;
      }
    }

    @Override
    public void onTimer(Object key) {
      timerRuns = false;
      if (decoder.rest().isZero() || !isReading()) {
        return;
      }
      if (resting) {
        decoder.rested();
        waiting = false;
        deliver();
      } else {
        startTimer();
      }
    }
  }
}
