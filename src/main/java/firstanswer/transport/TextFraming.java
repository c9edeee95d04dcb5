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
import firstanswer.codec.text.MessageDecoder;
import firstanswer.codec.text.TextMessage;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Cuts a stream of bytes into messages, and is the clock of the decoder that does the cutting.
 *
 * <p>Bytes held back have rested only while we were reading: when nobody downstream wants a
 * message, the other half of one may well lie unread in the socket. So the rest begins when the
 * held bytes have come <em>and</em> we have asked for more, and the timer, which is left to run
 * rather than set anew for each chunk, looks how long that is ago.
 *
 * <p>When the decoder finishes the conversation, the stage completes. Akka's TCP stage then reads
 * on into nothing, so that a peer that still sends is not cut off before it has its answers, and
 * closes the connection when the other direction completes.
 */
public final class TextFraming extends GraphStage<FlowShape<ByteString, TextMessage>> {
  private static final String REST = "rest";

  private final Inlet<ByteString> in = Inlet.create("TextFraming.in");
  private final Outlet<TextMessage> out = Outlet.create("TextFraming.out");
  private final FlowShape<ByteString, TextMessage> shape = FlowShape.of(in, out);
  private final Supplier<MessageDecoder> decoders;

  /** A stage that gets a decoder of its own from {@code decoders} whenever it starts. */
  public TextFraming(Supplier<MessageDecoder> decoders) {
    this.decoders = decoders;
  }

  @Override
  public FlowShape<ByteString, TextMessage> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic(decoders.get());
  }

  private final class Logic extends TimerGraphStageLogic {
    private final MessageDecoder decoder;
    private boolean timerRuns;

    /** Whether, since the timer was started, we have only waited. */
    private boolean resting;

    Logic(MessageDecoder decoder) {
      super(shape);
      this.decoder = decoder;
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              receive(grab(in));
            }

            @Override
            public void onUpstreamFinish() {
              decoder.ended();
              deliver();
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

    private void receive(ByteString bytes) {
      decoder.feed(bytes.toArrayUnsafe());
      deliver();
    }

    /** If a message is wanted, hands one on, or reads on, or completes. */
    private void deliver() {
      if (!isAvailable(out)) {
        return;
      }
      Optional<TextMessage> message = decoder.poll();
      if (message.isPresent()) {
        push(out, message.get());
      } else if (decoder.finished()) {
        completeStage();
      } else {
        read();
      }
    }

    private void read() {
      if (!hasBeenPulled(in)) {
        pull(in);
        resting = false;
      }
      startTimer();
    }

    private void startTimer() {
      if (!decoder.rest().isZero() && !timerRuns) {
        scheduleOnce(REST, decoder.rest());
        timerRuns = true;
        resting = true;
      }
    }

    @Override
    public void onTimer(Object key) {
      timerRuns = false;
      if (decoder.rest().isZero() || !hasBeenPulled(in)) {
        return;
      }
      if (resting) {
        decoder.rested();
        deliver();
      } else {
        startTimer();
      }
    }
  }
}
