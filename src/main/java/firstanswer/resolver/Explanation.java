package firstanswer.resolver;

import firstanswer.dns.Answer;
import firstanswer.resolver.Reply.Unanswered;
import firstanswer.resolver.Transcript.Answered;
import firstanswer.resolver.Transcript.Entry;
import firstanswer.resolver.Transcript.NotAsked;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Rcode;

/** Writes one line, for people, with the reason why a client got no positive answer. */
public final class Explanation {
  /** The most upstreams to name: an Extended DNS Error shares its datagram with the response. */
  private static final int MAX_NAMED = 8;

  private Explanation() {}

  /**
   * The line for {@code outcome}, such as {@code TIMED OUT: ts2 silent 4.5 s; ts1 NXDOMAIN}; empty
   * if nothing needs an explanation.
   */
  public static String of(Outcome outcome) {
    Transcript transcript = outcome.transcript();
    if (outcome.reply() instanceof Reply.Relayed relayed) {
      return ofRelayed(relayed.answer(), transcript);
    }
    return switch ((Unanswered) outcome.reply()) {
      case TIMED_OUT ->
          transcript.entries().isEmpty()
              ? "no answer"
              : "TIMED OUT: " + joined(unheardFirst(transcript));
      case WITHHELD -> bestNegative(transcript) + " without " + missing(transcript);
      case ALL_DOWN, ALL_OVER_BUDGET -> missing(transcript);
      case SILENCE -> "no answer";
      case INTERNAL_ERROR -> "internal error";
    };
  }

  private static String ofRelayed(Answer answer, Transcript transcript) {
    if (answer instanceof Answer.Negative) {
      String missing = missing(transcript);
      return missing.isEmpty() ? "" : "without " + missing;
    }
    return answer instanceof Answer.Positive ? "" : word(answer);
  }

  private static String bestNegative(Transcript transcript) {
    return transcript.entries().stream()
        .map(Entry::attempt)
        .filter(Answered.class::isInstance)
        .map(attempt -> ((Answered) attempt).answer())
        .filter(Answer.Negative.class::isInstance)
        .map(answer -> ((Answer.Negative) answer).kind())
        .min(Answer.Negative.Kind::compareTo)
        .map(Answer.Negative.Kind::toString)
        .orElse("no");
  }

  private static List<String> unheardFirst(Transcript transcript) {
    List<String> unheard = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Entry entry : transcript.entries()) {
      String name = entry.upstream().name() + ' ';
      if (entry.attempt() == NotAsked.NOT_ASKED) {
        others.add(name + "not asked");
      } else if (entry.isUnheard()) {
        unheard.add(name + whyUnheard(entry, transcript));
      } else {
        others.add(name + word(((Answered) entry.attempt()).answer()));
      }
    }
    unheard.addAll(others);
    return unheard;
  }

  private static String whyUnheard(Entry entry, Transcript transcript) {
    if (!entry.health().counts()) {
      return "down: " + entry.health().reason();
    }
    Answer.Unheard why = entry.whyUnheard();
    return why.cause() == Answer.Unheard.Cause.SILENT
        ? "silent " + seconds(transcript.tookNanos())
        : word(why);
  }

  /** The upstreams that are missing behind a "no", with the reasons. */
  private static String missing(Transcript transcript) {
    List<String> parts = new ArrayList<>();
    for (Entry entry : transcript.entries()) {
      if (entry.isMissing()) {
        parts.add(entry.upstream().name() + ' ' + whyMissing(entry, transcript));
      }
    }
    return joined(parts);
  }

  private static String whyMissing(Entry entry, Transcript transcript) {
    return entry.isUnheard() || entry.whyUnheard().cause() == Answer.Unheard.Cause.DOWN
        ? whyUnheard(entry, transcript)
        : word(((Answered) entry.attempt()).answer());
  }

  private static String joined(List<String> parts) {
    int more = parts.size() - MAX_NAMED;
    return String.join("; ", parts.subList(0, Math.min(MAX_NAMED, parts.size())))
        + (more > 0 ? "; and " + more + " more" : "");
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", TimeUnit.NANOSECONDS.toMillis(nanos) / 1e3);
  }

  /** An answer in a word or two. */
  public static String word(Answer answer) {
    if (answer instanceof Answer.Positive) {
      return "positive";
    }
    if (answer instanceof Answer.Negative negative) {
      return negative.kind().toString();
    }
    return answer instanceof Answer.Failure failure
        ? word(failure.fault())
        : word((Answer.Unheard) answer);
  }

  private static String word(Answer.Failure.Fault fault) {
    if (fault instanceof Answer.Failure.ByRcode said) {
      return Rcode.string(said.value()).toUpperCase(Locale.ROOT);
    }
    return switch ((Answer.Failure.Unusable) fault) {
      case UNREADABLE -> "unreadable answer";
      case REFERRAL -> "referral";
    };
  }

  private static String word(Answer.Unheard unheard) {
    String word =
        switch (unheard.cause()) {
          case SILENT -> "silent";
          case UNREACHABLE -> "unreachable";
          case HOST_UNKNOWN -> "host unknown";
          case CUT -> "cut answer";
          case DOWN -> "down";
          case OVER_BUDGET -> "over its budget";
          case NOT_ASKABLE -> "not asked";
        };
    return unheard.detail().isEmpty() ? word : word + ", " + unheard.detail();
  }
}
