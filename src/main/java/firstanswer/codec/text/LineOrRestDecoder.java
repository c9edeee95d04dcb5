package firstanswer.codec.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.Optional;

/**
 * Accepts both framings on one connection: messages that end with a newline, and bare messages,
 * which end without one. A newline, the end of the stream, or a rest (a time without further bytes)
 * ends a message. After the first newline, the rest must be longer: from a peer that sends
 * newlines, bytes without a newline are more likely half a message than a whole one.
 *
 * <p>After the first message that a rest has ended, and before any newline, the peer is known to
 * send bare messages, one {@code send()} each. From then on, the bytes of each read are a message
 * at once.
 *
 * <p>The message {@code EOF}, framed either way, finishes the conversation; it is not delivered. A
 * message over the limit finishes the conversation, too. Then only the fact that the message is too
 * long is delivered.
 *
 * <p>Each {@link #poll} cuts one message, so a chunk of bytes stays bytes until its messages are
 * wanted. A chunk of newlines alone would otherwise become a hundred times its size in objects.
 */
public final class LineOrRestDecoder implements MessageDecoder {
  /** The longest query in bytes, without its newline. */
  public static final int MAX_QUERY_BYTES = 255;

  /** The longest answer in bytes. Ours need about 280; other servers may write more. */
  private static final int MAX_ANSWER_BYTES = 1024;

  private static final byte[] NO_CHUNK = {};

  private final Duration restBare;
  private final Duration restAfterNewline;

  /** The bytes of a message that has begun, of earlier chunks. */
  private final byte[] held;

  private int heldBytes;

  /** The last chunk, whose bytes from {@link #at} on are still to be cut. */
  private byte[] chunk = NO_CHUNK;

  private int at;
  private boolean newlineSeen;
  private boolean bareSeen;
  private boolean ended;
  private boolean finished;

  /** A message that a rest has ended, until it is polled. */
  private Optional<TextMessage> rested = Optional.empty();

  private LineOrRestDecoder(Duration restBare, Duration restAfterNewline, int maxBytes) {
    this.restBare = restBare;
    this.restAfterNewline = restAfterNewline;
    this.held = new byte[maxBytes];
  }

  /**
   * A decoder for queries.
   *
   * @param restBare the rest that ends a message before the first newline
   * @param restAfterNewline the rest that ends a message from the first newline on
   */
  public static MessageDecoder forQueries(Duration restBare, Duration restAfterNewline) {
    return new LineOrRestDecoder(restBare, restAfterNewline, MAX_QUERY_BYTES);
  }

  /** A decoder for a server that ends each answer with a newline. Rest ends no answer. */
  public static MessageDecoder forAnswers() {
    return new LineOrRestDecoder(Duration.ZERO, Duration.ZERO, MAX_ANSWER_BYTES);
  }

  @Override
  public void feed(byte[] bytes) {
    chunk = bytes;
    at = 0;
  }

  @Override
  public Optional<TextMessage> poll() {
    Optional<TextMessage> message = rested;
    rested = Optional.empty();
    while (message.isEmpty() && at < chunk.length && !finished) {
      message = cut();
    }
    if (message.isEmpty() && ended && !finished) {
      message = rest().isZero() ? Optional.empty() : whole(Framing.BARE);
      finished = true;
    }
    return message;
  }

  /** Takes the bytes up to the next newline, or the rest of the chunk; a message if one ends. */
  private Optional<TextMessage> cut() {
    int end = at;
    while (end < chunk.length && chunk[end] != '\n') {
      end++;
    }
    boolean newline = end < chunk.length;
    newlineSeen |= newline;
    if (heldBytes + end - at > held.length) {
      letGoOfChunk();
      finished = true;
      return Optional.of(new TextMessage("", newlineSeen ? Framing.LINE : Framing.BARE, true));
    }
    System.arraycopy(chunk, at, held, heldBytes, end - at);
    heldBytes += end - at;
    at = end + 1;
    if (at >= chunk.length) {
      letGoOfChunk();
    }
    if (newline) {
      return whole(Framing.LINE);
    }
    return bareSeen && !newlineSeen ? whole(Framing.BARE) : Optional.empty();
  }

  /** An idle connection must not keep the bytes that came last. */
  private void letGoOfChunk() {
    chunk = NO_CHUNK;
    at = 0;
  }

  /** The held bytes as a message; empty if they finish the conversation. */
  private Optional<TextMessage> whole(Framing framing) {
    String text = new String(held, 0, heldBytes, ISO_8859_1).strip();
    heldBytes = 0;
    if (text.equals(TextCodec.END_OF_CONVERSATION)) {
      letGoOfChunk();
      finished = true;
      return Optional.empty();
    }
    return Optional.of(new TextMessage(text, framing));
  }

  @Override
  public Duration rest() {
    if (heldBytes == 0) {
      return Duration.ZERO;
    }
    return newlineSeen ? restAfterNewline : restBare;
  }

  @Override
  public void rested() {
    bareSeen = true;
    rested = whole(Framing.BARE);
  }

  @Override
  public void ended() {
    ended = true;
  }

  @Override
  public boolean finished() {
    return finished;
  }
}
