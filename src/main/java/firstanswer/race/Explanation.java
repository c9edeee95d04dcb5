package firstanswer.race;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Abstention;
import firstanswer.resolver.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says, for people, why nobody's answer has won. */
public final class Explanation {
  /** A datagram has other things to carry, too. */
  private static final int MAX_NAMED = 8;

  private Explanation() {}

  /**
   * Who was silent, and how long, and then what the others said, such as {@code TIMED OUT: ts2
   * silent 4.5 s; ts1 NXDOMAIN}.
   *
   * @param said one entry an upstream
   */
  public static String of(List<String> upstreams, List<Answer> said, Duration waited) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      if (said.get(i) == Answer.Silence.SILENT) {
        parts.add(upstreams.get(i) + " silent " + seconds(waited));
      }
    }
    for (int i = 0; i < said.size(); i++) {
      if (said.get(i) != Answer.Silence.SILENT) {
        parts.add(upstreams.get(i) + ' ' + word(said.get(i)));
      }
    }
    return "TIMED OUT: " + joined(parts);
  }

  /**
   * Who has not spoken and was not waited for, being down or having too much to do, such as {@code
   * ts2 down: no answer in time}; empty if nobody.
   */
  public static String ofUnheard(List<String> upstreams, List<Answer> said, List<Health> health) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      if (said.get(i) == Answer.Silence.SILENT && !health.get(i).counts()) {
        parts.add(upstreams.get(i) + " down: " + health.get(i).reason());
      } else if (said.get(i) == Abstention.DOWN || said.get(i) == Abstention.OVER_BUDGET) {
        parts.add(upstreams.get(i) + ' ' + word(said.get(i)));
      }
    }
    return joined(parts);
  }

  private static String joined(List<String> parts) {
    int more = parts.size() - MAX_NAMED;
    return String.join("; ", parts.subList(0, Math.min(MAX_NAMED, parts.size())))
        + (more > 0 ? "; and " + more + " more" : "");
  }

  private static String seconds(Duration waited) {
    return String.format(Locale.ROOT, "%.1f s", waited.toMillis() / 1e3);
  }

  private static String word(Answer answer) {
    if (answer instanceof Answer.Negative negative) {
      return negative.kind().toString();
    }
    if (answer instanceof Answer.Failure failure) {
      return failure.reason();
    }
    return switch ((Abstention) answer) {
      case DOWN -> "down";
      case OVER_BUDGET -> "over its budget";
      case NOT_ASKED -> "not asked";
    };
  }
}
