package firstanswer.codec.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts the stream of a server that does not mark the ends of its answers. An answer of the usual
 * form, {@code Name IPaddress A IN}, ends with its {@code IN}. So the decoder delivers such an
 * answer without waiting, and separates two of them that arrive in one read. Any other bytes become
 * an answer once they have rested. Bytes that are left when the server closes are dropped, since
 * they may be half an answer.
 */
public final class BareAnswerDecoder implements MessageDecoder {
  /** Possessive quantifiers: without backtracking, a match takes linear time. */
  private static final Pattern WHOLE_ANSWER =
      Pattern.compile(
          "\\s*+(\\S++[ \\t]++(?:-[ \\t]++(?:TIMED OUT|NOT FOUND)|\\S++[ \\t]++A[ \\t]++IN))");

  /** The bytes held without an end; far more than an answer has, so the server is broken. */
  private static final int MAX_HELD_BYTES = 4096;

  private final Duration rest;
  private final StringBuilder held = new StringBuilder();

  /** The messages that a rest has ended, until they are polled. */
  private final Queue<TextMessage> rested = new ArrayDeque<>();

  /** Where in {@link #held} the next answer begins. */
  private int next;

  private boolean finished;

  /** Takes bytes for an answer once they have rested for {@code rest}, a positive time. */
  public BareAnswerDecoder(Duration rest) {
    this.rest = rest;
  }

  @Override
  public void feed(byte[] bytes) {
    if (!finished) {
      held.append(new String(bytes, ISO_8859_1));
    }
  }

  @Override
  public Optional<TextMessage> poll() {
    if (!rested.isEmpty()) {
      return Optional.of(rested.remove());
    }
    Matcher whole = WHOLE_ANSWER.matcher(held).region(next, held.length());
    if (whole.lookingAt()) {
      next = whole.end();
      return Optional.of(new TextMessage(whole.group(1), Framing.BARE));
    }
    held.delete(0, next);
    next = 0;
    if (held.length() <= MAX_HELD_BYTES) {
      return Optional.empty();
    }
    held.setLength(0);
    finished = true;
    return Optional.of(new TextMessage("", Framing.BARE, true));
  }

  @Override
  public Duration rest() {
    return held.length() == 0 ? Duration.ZERO : rest;
  }

  @Override
  public void rested() {
    held.toString()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(line -> rested.add(new TextMessage(line, Framing.BARE)));
    held.setLength(0);
  }

  @Override
  public void ended() {
    finished = true;
  }

  @Override
  public boolean finished() {
    return finished;
  }
}
