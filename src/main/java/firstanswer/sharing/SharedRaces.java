package firstanswer.sharing;

import firstanswer.dns.Question;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Resolver;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A link of the chain: identical questions that are in flight share one outcome. Beside the traffic
 * that this saves, somebody who forges answers does not get many tries at one question (RFC 5452
 * section 5), and a question that comes back to us in a loop finds itself and waits.
 *
 * <p>Holds no more than what the front ends have in flight.
 */
public final class SharedRaces implements Resolver {
  private final Resolver next;
  private final Map<Question, CompletableFuture<Outcome>> races = new ConcurrentHashMap<>();

  /** Passes the first of identical questions on to {@code next}. */
  public SharedRaces(Resolver next) {
    this.next = next;
  }

  @Override
  public CompletionStage<Outcome> resolve(Query query) {
    CompletableFuture<Outcome> race = new CompletableFuture<>();
    CompletableFuture<Outcome> running = races.putIfAbsent(query.question(), race);
    if (running != null) {
      return running;
    }
    first(query)
        .whenComplete(
            (outcome, failure) -> {
              races.remove(query.question());
              race.complete(failure == null ? outcome : Outcome.INTERNAL_ERROR);
            });
    return race;
  }

  /** A mistake of the next link must not leave a race here that never ends. */
  private CompletionStage<Outcome> first(Query query) {
    try {
      return next.resolve(query);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
