package firstanswer.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Edns;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Reply;
import firstanswer.testing.Outcomes;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Type;

class SharedRacesTest {
  private static final int RD = 0x0100;
  private static final int CD = 0x0010;
  private static final int DO = 0x8000;
  private static final Question QUESTION = question("www.example.org", Type.A, RD, edns(0));

  private static final Outcome TIMED_OUT = Outcomes.of(Reply.Unanswered.TIMED_OUT);

  private final List<Question> asked = new ArrayList<>();
  private final List<CompletableFuture<Outcome>> answers = new ArrayList<>();
  private final List<Query> queries = new ArrayList<>();
  private long now;
  private final SharedRaces races = new SharedRaces(this::record, () -> now);

  private CompletionStage<Outcome> record(Query query) {
    asked.add(query.question());
    queries.add(query);
    answers.add(new CompletableFuture<>());
    return answers.get(answers.size() - 1);
  }

  @Test
  void identicalQuestionsInFlightShareAnAnswer() {
    var first = ask(QUESTION);
    var second = ask(question("www.example.org", Type.A, RD, edns(0)));
    assertThat(asked).hasSize(1);
    assertThat(first).isNotDone();
    answers.get(0).complete(Outcomes.of(Answer.Negative.NODATA));
    assertThat(first).isCompletedWithValue(Outcomes.of(Answer.Negative.NODATA));
    assertThat(second).isCompletedWithValue(Outcomes.of(Answer.Negative.NODATA));
  }

  @Test
  void nameInOtherCaseIsTheSameAndTheFirstGoesOut() {
    ask(QUESTION);
    ask(question("WWW.Example.ORG", Type.A, RD, edns(0)));
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).name()).hasToString("www.example.org");
  }

  static Stream<Question> others() {
    return Stream.of(
        question("www2.example.org", Type.A, RD, edns(0)),
        question("www.example.org", Type.AAAA, RD, edns(0)),
        question("www.example.org", Type.A, 0, edns(0)),
        question("www.example.org", Type.A, RD | CD, edns(0)),
        question("www.example.org", Type.A, RD, edns(DO)),
        question("www.example.org", Type.A, RD, Optional.of(new Edns(0, new byte[] {0, 3, 0, 0}))),
        question("www.example.org", Type.A, RD, Optional.empty()),
        Question.ofText(DomainName.parse("www.example.org").orElseThrow()));
  }

  @ParameterizedTest
  @MethodSource("others")
  void questionThatMayHaveAnotherAnswerIsAskedAlone(Question other) {
    var one = ask(QUESTION);
    var another = ask(other);
    assertThat(asked).containsExactly(QUESTION, other);
    answers.get(1).complete(Outcomes.of(Answer.Negative.NXDOMAIN));
    assertThat(one).isNotDone();
    assertThat(another).isCompletedWithValue(Outcomes.of(Answer.Negative.NXDOMAIN));
  }

  @Test
  void answeredQuestionIsAskedAgain() {
    for (int i = 0; i < 3; i++) {
      var answer = ask(QUESTION);
      assertThat(asked).hasSize(i + 1);
      answers.get(i).complete(Outcomes.of(Answer.Negative.NODATA));
      assertThat(answer).isCompletedWithValue(Outcomes.of(Answer.Negative.NODATA));
    }
  }

  @Test
  void questionAskedOnHearingTheAnswerIsANewOne() {
    CompletableFuture<Outcome> again =
        ask(QUESTION).thenCompose(answer -> ask(QUESTION)).toCompletableFuture();
    answers.get(0).complete(Outcomes.of(Answer.Negative.NODATA));
    assertThat(asked).hasSize(2);
    assertThat(again).isNotDone();
    answers.get(1).complete(Outcomes.of(Answer.Negative.NXDOMAIN));
    assertThat(again).isCompletedWithValue(Outcomes.of(Answer.Negative.NXDOMAIN));
  }

  @Test
  void failureIsSharedAndThenForgotten() {
    var first = ask(QUESTION);
    var second = ask(QUESTION);
    answers.get(0).complete(Outcomes.of(Reply.Unanswered.ALL_OVER_BUDGET));
    assertThat(first).isCompletedWithValue(Outcomes.of(Reply.Unanswered.ALL_OVER_BUDGET));
    assertThat(second).isCompletedWithValue(Outcomes.of(Reply.Unanswered.ALL_OVER_BUDGET));
    ask(QUESTION);
    assertThat(asked).hasSize(2);
  }

  /** A resolver must not throw. If one does, no client must wait for ever. */
  @Test
  void exceptionIsSharedAndThenForgotten() {
    var first = ask(QUESTION);
    var second = ask(QUESTION);
    answers.get(0).completeExceptionally(new IllegalStateException());
    assertThat(first).isCompletedWithValue(Outcome.INTERNAL_ERROR);
    assertThat(second).isCompletedWithValue(Outcome.INTERNAL_ERROR);
    ask(QUESTION);
    assertThat(asked).hasSize(2);
  }

  @Test
  void resolverThatThrowsEndsTheRaceWithAnInternalError() {
    SharedRaces broken =
        new SharedRaces(
            query -> {
              throw new IllegalStateException();
            },
            () -> now);
    for (int i = 0; i < 2; i++) {
      assertThat(broken.resolve(query(QUESTION))).isCompletedWithValue(Outcome.INTERNAL_ERROR);
    }
  }

  @Test
  void textQuestionInAnotherCaseIsTheSame() {
    var first = ask(Question.ofText(DomainName.parse("www.example.org").orElseThrow()));
    var second = ask(Question.ofText(DomainName.parse("WWW.example.org").orElseThrow()));
    assertThat(asked).hasSize(1);
    answers.get(0).complete(TIMED_OUT);
    assertThat(first).isCompletedWithValue(TIMED_OUT);
    assertThat(second).isCompletedWithValue(TIMED_OUT);
  }

  /** A question that has gone round in a loop joins early. */
  @Test
  void queryThatJoinedEarlyTimesOutWithTheFirst() {
    ask(QUESTION);
    now = millis(500);
    var early = ask(QUESTION);
    now = millis(5000);
    answers.get(0).complete(TIMED_OUT);
    assertThat(early).isCompletedWithValue(TIMED_OUT);
    assertThat(asked).hasSize(1);
  }

  @Test
  void queriesThatJoinedLateGoOnTogetherForTheTimeLeft() {
    var first = ask(QUESTION);
    now = millis(1000);
    var second = ask(QUESTION);
    now = millis(4000);
    var third = ask(QUESTION);
    now = millis(5000);
    answers.get(0).complete(TIMED_OUT);
    assertThat(first).isCompletedWithValue(TIMED_OUT);
    assertThat(second).isNotDone();
    assertThat(asked).containsExactly(QUESTION, QUESTION);
    assertThat(queries.get(1).deadline()).isEqualTo(Duration.ofSeconds(1));
    assertThat(queries.get(1).receivedNanos()).isEqualTo(millis(5000));
    now = millis(6000);
    answers.get(1).complete(TIMED_OUT);
    assertThat(second).isCompletedWithValue(TIMED_OUT);
    assertThat(third).isNotDone();
    assertThat(queries.get(2).deadline()).isEqualTo(Duration.ofSeconds(3));
    answers.get(2).complete(Outcomes.of(Answer.Negative.NODATA));
    assertThat(third).isCompletedWithValue(Outcomes.of(Answer.Negative.NODATA));
    assertThat(asked).hasSize(3);
  }

  /** A question that comes back in a loop must not join a race that goes on, and so prolong it. */
  @Test
  void raceThatGoesOnTakesNobodyIn() {
    ask(QUESTION);
    now = millis(2500);
    var late = ask(QUESTION);
    now = millis(5000);
    answers.get(0).complete(TIMED_OUT);
    var newcomer = ask(QUESTION);
    assertThat(asked).hasSize(3);
    now = millis(7500);
    answers.get(1).complete(TIMED_OUT);
    assertThat(late).isCompletedWithValue(TIMED_OUT);
    assertThat(newcomer).isNotDone();
    now = millis(10_000);
    answers.get(2).complete(TIMED_OUT);
    assertThat(newcomer).isCompletedWithValue(TIMED_OUT);
    assertThat(asked).hasSize(3);
  }

  @Test
  void everyOutcomeButATimeOutEndsALateQuery() {
    ask(QUESTION);
    now = millis(4000);
    var late = ask(QUESTION);
    answers.get(0).complete(Outcomes.of(Answer.Negative.NXDOMAIN));
    assertThat(late).isCompletedWithValue(Outcomes.of(Answer.Negative.NXDOMAIN));
    assertThat(asked).hasSize(1);
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private CompletionStage<Outcome> ask(Question question) {
    return races.resolve(query(question));
  }

  private Query query(Question question) {
    return new Query(
        question,
        Query.Protocol.DNS,
        Query.Transport.UDP,
        InetAddress.getLoopbackAddress(),
        now,
        Duration.ofSeconds(5));
  }

  private static Optional<Edns> edns(int flags) {
    return Optional.of(new Edns(flags, new byte[0]));
  }

  private static Question question(String name, int type, int flags, Optional<Edns> edns) {
    return new Question(DomainName.parse(name).orElseThrow(), type, new Manner.Dns(flags, edns));
  }
}
