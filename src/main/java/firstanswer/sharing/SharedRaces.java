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
 * A link of the chain: identical questions in flight share one outcome. This saves traffic. It also
 * gives a forger of answers only one try at a question at a time (RFC 5452 section 5), and a
 * question that comes back to us in a loop joins itself and waits, instead of going round again.
 *
 * <p>Holds at most as many questions as the front ends have in flight.
 */
public final class SharedRaces implements Resolver {
  private final Resolver next;
  private final Map<Question, CompletableFuture<Outcome>> races = new ConcurrentHashMap<>();

  /** Creates a link that passes the first of identical questions on to {@code next}. */
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

  /** An exception in the next link must not leave a race here that never ends. */
  private CompletionStage<Outcome> first(Query query) {
    try {
      return next.resolve(query);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
