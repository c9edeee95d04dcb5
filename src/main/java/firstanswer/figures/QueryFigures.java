package firstanswer.figures;

import firstanswer.dns.Answer;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Resolver;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/** A link of the chain that counts the queries of one server, and the replies by kind. */
public final class QueryFigures implements Resolver {
  private enum Told {
    POSITIVE("positive"),
    NEGATIVE("\"no\""),
    FAILURE("failures"),
    NOTHING("without an answer");

    private final String words;

    Told(String words) {
      this.words = words;
    }

    static Told of(Reply reply) {
      if (!(reply instanceof Reply.Relayed relayed)) {
        return NOTHING;
      }
      if (relayed.answer() instanceof Answer.Positive) {
        return POSITIVE;
      }
      return relayed.answer() instanceof Answer.Negative ? NEGATIVE : FAILURE;
    }
  }

  private final String server;
  private final Resolver next;
  private final LongAdder queries = new LongAdder();
  private final Map<Told, LongAdder> told = new EnumMap<>(Told.class);

  /**
   * Creates a link in front of {@code next}; {@code server} is the name of the server in the
   * figures.
   */
  public QueryFigures(String server, Resolver next) {
    this.server = server;
    this.next = next;
    for (Told each : Told.values()) {
      told.put(each, new LongAdder());
    }
  }

  @Override
  public CompletionStage<Outcome> resolve(Query query) {
    queries.increment();
    return next.resolve(query)
        .thenApply(
            outcome -> {
              told.get(Told.of(outcome.reply())).increment();
              return outcome;
            });
  }

  /** The counts since the start, as one line for people. */
  public String line() {
    StringBuilder line = new StringBuilder();
    long ended = 0;
    for (Map.Entry<Told, LongAdder> each : told.entrySet()) {
      long count = each.getValue().sum();
      ended += count;
      line.append(String.format(Locale.ROOT, ", %d %s", count, each.getKey().words));
    }
    long all = queries.sum();
    return String.format(
        Locale.ROOT, "%s: %d queries, %d in flight%s", server, all, Math.max(0, all - ended), line);
  }
}
