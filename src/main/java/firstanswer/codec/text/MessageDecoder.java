package firstanswer.codec.text;

import java.time.Duration;
import java.util.Optional;

/**
 * Cuts the bytes of one connection into messages. The caller owns the clock: while {@link #rest} is
 * positive, the caller calls {@link #rested} as soon as no byte has arrived for that long.
 *
 * <p>Order of use: feed, poll until empty, feed, and so on; {@link #ended} once, after the last
 * byte.
 */
public interface MessageDecoder {

  /**
   * Takes over the next bytes, which {@link #poll} cuts one message at a time. Bytes after the end
   * of the conversation are ignored.
   */
  void feed(byte[] bytes);

  /** The next whole message, if there is one. */
  Optional<TextMessage> poll();

  /**
   * How long the held bytes must rest to become a message; zero if no bytes are held, or if rest
   * ends no message.
   */
  Duration rest();

  /** Tells the decoder that the held bytes have rested, so they become a message. */
  void rested();

  /** Tells the decoder that the peer has sent its last byte. */
  void ended();

  /**
   * Whether a message has finished the conversation, or the peer has ended it. {@link #poll} may
   * still give messages.
   */
  boolean finished();
}
