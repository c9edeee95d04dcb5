package firstanswer.resolver;

import firstanswer.dns.Answer;
import firstanswer.dns.Question;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets identical questions that are in flight share one answer. Beside the traffic it saves, this
 * keeps somebody who forges answers from getting many tries at one question (RFC 5452 section 5),
 * and a question that comes back to us in a loop finds itself and waits.
 *
 * <p>Holds no more than what the askers in front of it have in flight.
 */
public final class SharedRaces implements Asker {
  private final Asker asker;
  private final Map<Question, CompletableFuture<Answer>> races = new ConcurrentHashMap<>();

  /** Passes the first of identical questions on to {@code asker}. */
  public SharedRaces(Asker asker) {
    this.asker = asker;
  }

  @Override
  public CompletionStage<Answer> ask(Question question) {
    CompletableFuture<Answer> race = new CompletableFuture<>();
    CompletableFuture<Answer> running = races.putIfAbsent(question, race);
    if (running != null) {
      return running;
    }
    asker
        .ask(question)
        .whenComplete(
            (answer, failure) -> {
              races.remove(question);
              if (failure == null) {
                race.complete(answer);
              } else {
                race.completeExceptionally(failure);
              }
            });
    return race;
  }
}
