package firstanswer.transport.framing;

import akka.stream.FlowShape;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.util.Optional;

/**
 * Moves bytes into a decoder and messages out of it, no faster than they are wanted. A subclass
 * holds the decoder and its timer.
 *
 * <p>When the decoder is finished, the stage completes. The stage of the connection then drops what
 * the peer still sends, and closes the connection when the other direction completes. So a peer
 * that still sends gets its answers before the connection is closed.
 */
abstract class FramingLogic<M> extends TimerGraphStageLogic {
  private final FlowShape<ByteString, M> shape;

  FramingLogic(FlowShape<ByteString, M> shape) {
    super(shape);
    this.shape = shape;
    setHandler(
        shape.in(),
        new AbstractInHandler() {
          @Override
          public void onPush() {
            feed(grab(shape.in()).toArrayUnsafe());
            deliver();
          }

          @Override
          public void onUpstreamFinish() {
            ended();
            deliver();
          }
        });
    setHandler(
        shape.out(),
        new AbstractOutHandler() {
          @Override
          public void onPull() {
            deliver();
          }
        });
  }

  /** Hands the next bytes to the decoder. */
  abstract void feed(byte[] bytes);

  /** The next whole message, if there is one. */
  abstract Optional<M> poll();

  /** Whether no further message can come, however many bytes do. */
  abstract boolean isFinished();

  /** Starts the timer if the decoder holds bytes whose time counts; called while we read. */
  abstract void startTimer();

  /** The peer has sent its last byte. */
  void ended() {}

  /** Whether we have asked for bytes that have not come yet. */
  final boolean isReading() {
    return hasBeenPulled(shape.in());
  }

  /** If a message is wanted: hands one on, or completes, or reads on. */
  final void deliver() {
    if (!isAvailable(shape.out())) {
      return;
    }
    Optional<M> message = poll();
    if (message.isPresent()) {
      push(shape.out(), message.get());
    } else if (isFinished() || isClosed(shape.in())) {
      completeStage();
    } else {
      if (!isReading()) {
        pull(shape.in());
      }
      startTimer();
    }
  }
}
