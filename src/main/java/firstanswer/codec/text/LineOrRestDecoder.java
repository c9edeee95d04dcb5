package firstanswer.codec.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Takes both framings on one connection. A newline ends a message; so does the end of the stream,
 * and so does rest, which has to be longer once the peer has shown that it sends newlines: from
 * such a peer, bytes without one are likelier the first half of a message than a whole one.
 *
 * <p>The message {@code EOF}, framed either way, finishes the conversation and is not delivered. So
 * does a message over the limit, of which only the fact is delivered.
 */
public final class LineOrRestDecoder implements MessageDecoder {
  /** The longest query in bytes, without its newline (design: the text protocol). */
  public static final int MAX_QUERY_BYTES = 255;

  /** The longest answer in bytes: a name, an address and two words, and room for other servers. */
  private static final int MAX_ANSWER_BYTES = 1024;

  private final Duration restBare;
  private final Duration restAfterNewline;
  private final byte[] held;
  private int heldBytes;
  private boolean newlineSeen;
  private boolean finished;
  private final Queue<TextMessage> messages = new ArrayDeque<>();

  private LineOrRestDecoder(Duration restBare, Duration restAfterNewline, int maxBytes) {
    this.restBare = restBare;
    this.restAfterNewline = restAfterNewline;
    this.held = new byte[maxBytes];
  }

  /** For what clients send; {@code restAfterNewline} holds from the first newline on. */
  public static MessageDecoder forQueries(Duration restBare, Duration restAfterNewline) {
    return new LineOrRestDecoder(restBare, restAfterNewline, MAX_QUERY_BYTES);
  }

  /**
   * For the answers of a server that ends each with a newline: without one, bytes are no answer.
   */
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
