package firstanswer.codec.text;

import java.time.Duration;
import java.util.Optional;

/**
 * Cuts the bytes of one connection into messages. The caller owns the clock: while {@link #rest} is
 * positive, it calls {@link #rested} once no byte has come for that long.
 *
 * <p>Order of use: feed, poll until empty, feed …; {@link #ended} once when no more bytes will
 * come.
 */
public interface MessageDecoder {

  /** Takes the next bytes. Bytes after the end of the conversation are ignored. */
  void feed(byte[] bytes);

  /** The next whole message, if there is one. */
  Optional<TextMessage> poll();

  /**
   * For how long the bytes held back must rest to count as a message; zero when none are held or
   * when rest ends nothing.
   */
  Duration rest();

  /** The bytes held back have rested: they are a message. */
  void rested();

  /** The peer has sent its last byte. */
  void ended();

  /**
   * Whether the conversation is over by what was said in it; {@link #poll} may still hold messages.
   */
  boolean finished();
}
