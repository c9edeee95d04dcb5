package firstanswer.codec.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Accepts both framings on one connection. A newline, the end of the stream or a rest ends a
 * message. After the first newline, the rest must be longer: from a peer that sends newlines, bytes
 * without a newline are more likely half a message than a whole one.
 *
 * <p>After the first message that a rest has ended, and before any newline, the peer is known to
 * send bare messages, one {@code send()} each. From then on each read is a message at once.
 *
 * <p>The message {@code EOF}, framed either way, finishes the conversation; it is not delivered. A
 * message over the limit finishes the conversation, too; only the fact is delivered.
 */
public final class LineOrRestDecoder implements MessageDecoder {
  /** The longest query in bytes, without its newline. */
  public static final int MAX_QUERY_BYTES = 255;

  /** The longest answer in bytes. Ours need about 280; other servers may write more. */
  private static final int MAX_ANSWER_BYTES = 1024;

  private final Duration restBare;
  private final Duration restAfterNewline;
  private final byte[] held;
  private int heldBytes;
  private boolean newlineSeen;
  private boolean bareSeen;
  private boolean finished;
  private final Queue<TextMessage> messages = new ArrayDeque<>();

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
    int start = 0;
    for (int i = 0; i < bytes.length && !finished; i++) {
      if (bytes[i] == '\n') {
        newlineSeen = true;
        hold(bytes, start, i);
        deliver(Framing.LINE);
        start = i + 1;
      }
    }
    hold(bytes, start, bytes.length);
    if (bareSeen && !newlineSeen && heldBytes > 0) {
      deliver(Framing.BARE);
    }
  }

  private void hold(byte[] bytes, int start, int end) {
    int length = end - start;
    if (!finished && heldBytes + length > held.length) {
      messages.add(new TextMessage("", newlineSeen ? Framing.LINE : Framing.BARE, true));
      heldBytes = 0;
      finished = true;
    }
    if (!finished) {
      System.arraycopy(bytes, start, held, heldBytes, length);
      heldBytes += length;
    }
  }

  private void deliver(Framing framing) {
    if (finished) {
      return;
    }
    String text = new String(held, 0, heldBytes, ISO_8859_1).strip();
    heldBytes = 0;
    if (text.equals(TextCodec.END_OF_CONVERSATION)) {
      finished = true;
    } else {
      messages.add(new TextMessage(text, framing));
    }
  }

  @Override
  public Optional<TextMessage> poll() {
    return Optional.ofNullable(messages.poll());
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
    deliver(Framing.BARE);
  }

  @Override
  public void ended() {
    if (!rest().isZero()) {
      deliver(Framing.BARE);
    }
    finished = true;
  }

  @Override
  public boolean finished() {
    return finished;
  }
}
