package firstanswer.figures;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Reply;
import firstanswer.testing.Balancers;
import firstanswer.testing.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class QueryFiguresTest {
  private final List<CompletableFuture<Outcome>> answers = new ArrayList<>();
  private final QueryFigures figures =
      new QueryFigures(
          "ls",
          query -> {
            answers.add(new CompletableFuture<>());
            return answers.get(answers.size() - 1);
          });

  @Test
  void lineCountsWhatClientsWereTold() {
    assertThat(figures.line())
        .isEqualTo(
            "ls: 0 queries, 0 in flight, 0 positive, 0 \"no\", 0 failures, 0 without an answer");
    for (int i = 0; i < 7; i++) {
      Question question = Question.ofText(DomainName.parse("a.example").orElseThrow());
      figures.resolve(Balancers.query(question, Duration.ofSeconds(5)));
    }
    answers.get(0).complete(Outcomes.of(Answer.Positive.line("a.example 192.0.2.1 A IN")));
    answers.get(1).complete(Outcomes.of(Answer.Negative.NODATA));
    answers.get(2).complete(Outcomes.of(Answer.Negative.NXDOMAIN));
    answers.get(3).complete(Outcomes.of(Answer.Failure.SERVFAIL));
    answers.get(4).complete(Outcomes.of(Reply.Unanswered.TIMED_OUT));
    assertThat(figures.line())
        .isEqualTo(
            "ls: 7 queries, 2 in flight, 1 positive, 2 \"no\", 1 failures, 1 without an answer");
  }
}
