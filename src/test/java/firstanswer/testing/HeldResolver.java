package firstanswer.testing;

import firstanswer.dns.Answer;
import firstanswer.dns.Question;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Resolver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Answers at once, but holds back the questions whose names begin with "held". */
public final class HeldResolver implements Resolver {
  private final Function<Question, Answer> answers;
  private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();

  /** A query that waits for the test to answer it. */
  public record Held(Query query, CompletableFuture<Outcome> outcome) {
    public Question question() {
      return query.question();
    }

    public void tell(Outcome told) {
      outcome.complete(told);
    }

    public void tell(Answer answer) {
      tell(Outcomes.of(answer));
    }
  }

  /** Answers the other questions as {@code answers} says. */
  public HeldResolver(Function<Question, Answer> answers) {
    this.answers = answers;
  }

  @Override
  public CompletionStage<Outcome> resolve(Query query) {
    if (!query.question().name().toString().startsWith("held")) {
      return CompletableFuture.completedFuture(Outcomes.of(answers.apply(query.question())));
    }
    Held one = new Held(query, new CompletableFuture<>());
    held.add(one);
    return one.outcome();
  }

  /** The next query that is held; waits for it. */
  public Held next() {
    try {
      Held next = held.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no question has come");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public List<Held> next(int count) {
    List<Held> several = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      several.add(next());
    }
    return several;
  }

  /** Whether no query is held that the test has not taken. */
  public boolean isEmpty() {
    return held.isEmpty();
  }
}
