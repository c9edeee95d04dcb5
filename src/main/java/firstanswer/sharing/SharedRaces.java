package firstanswer.sharing;

import firstanswer.clock.NanoClock;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Resolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A link of the chain that lets identical questions in flight share one race and its outcome.
 * Sharing saves traffic, and gives a forger of answers only one try at a question at a time (RFC
 * 5452 section 5). If forwarders send a question round in a loop, it joins its own race when it
 * comes back, and does not start another one.
 *
 * <p>A race ends no later than the deadline of its first query. A query that joined late has time
 * left then. If the race times out, the queries that joined after more than a tenth of their time
 * continue together in a second race, which no other query joins. A query that joined earlier does
 * not continue: it may be the first query itself, back from a loop, and must not start another
 * round.
 *
 * <p>The link holds only queries that the front ends have in flight, so their limit bounds its
 * memory.
 */
public final class SharedRaces implements Resolver {
  /** A race. The map's lock guards {@code joined}, which keeps the order of joining. */
  private record Race(Waiting first, List<Waiting> joined) {}

  private final Resolver next;
  private final NanoClock clock;
  private final Map<QuestionKey, Race> races = new ConcurrentHashMap<>();

  /** Creates a link that passes the first of identical questions on to {@code next}. */
  public SharedRaces(Resolver next, NanoClock clock) {
    this.next = next;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Outcome> resolve(Query query) {
    Waiting waiting = Waiting.of(query);
    QuestionKey key = new QuestionKey(query.question());
    Race race = races.compute(key, (same, running) -> with(running, waiting));
    if (race.first() == waiting) {
      run(race, () -> races.remove(key));
    }
    return waiting.outcome();
  }

  private static Race with(Race running, Waiting waiting) {
    if (running == null) {
      return new Race(waiting, new ArrayList<>(0));
    }
    running.joined().add(waiting);
    return running;
  }

  /**
   * Runs a race to its end.
   *
   * @param close ends the joining of the race
   */
  private void run(Race race, Runnable close) {
    resolveNext(race.first().query())
        .whenComplete(
            (outcome, failure) -> {
              close.run();
              end(race, failure == null ? outcome : Outcome.INTERNAL_ERROR);
            });
  }

  /** Turns an exception of the next link into a failed stage, so that the race ends. */
  private CompletionStage<Outcome> resolveNext(Query query) {
    try {
      return next.resolve(query);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void end(Race race, Outcome outcome) {
    race.first().outcome().complete(outcome);
    List<Waiting> goOn = new ArrayList<>(0);
    long now = clock.nanos();
    for (Waiting waiting : race.joined()) {
      if (outcome.reply() == Reply.Unanswered.TIMED_OUT && waiting.goesOnAfter(race.first())) {
        goOn.add(waiting.from(now));
      } else {
        waiting.outcome().complete(outcome);
      }
    }
    if (!goOn.isEmpty()) {
      // The first query has the least time left, so no reply comes too late.
      run(new Race(goOn.get(0), goOn.subList(1, goOn.size())), () -> {});
    }
  }
}
