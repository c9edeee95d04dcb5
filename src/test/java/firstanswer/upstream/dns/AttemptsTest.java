package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Edns;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.testing.Asks;
import firstanswer.tsproxy.TsProxy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

class AttemptsTest {
  private static final int PORT = 40_000;
  private static final int OTHER_PORT = 65_535;
  private static final Answer ANSWER = Answer.Failure.UNREADABLE;

  private final TestInbox<Answer> client = TestInbox.create();
  private final Attempts attempts = new Attempts(10, new RandomIds());

  @Test
  void anAttemptIsFoundByItsChannelAndIdAndByWhatWasAsked() {
    TsProxy.Ask asked = question();
    Attempt attempt = attempts.begin(asked, OTHER_PORT).orElseThrow();
    assertThat(attempts.find(OTHER_PORT, attempt.id())).containsSame(attempt);
    assertThat(attempts.of(asked.id())).containsSame(attempt);
    assertThat(attempts.find(OTHER_PORT, attempt.id() ^ 1)).isEmpty();
    assertThat(attempts.find(PORT, attempt.id())).isEmpty();
    assertThat(attempts.find(Attempts.TCP, attempt.id())).isEmpty();
  }

  @Test
  void theSameQuestionAskedTwiceIsTwoAttempts() {
    TsProxy.Ask first = question();
    TsProxy.Ask second = question();
    assertThat(first.question()).isEqualTo(second.question());
    Attempt one = attempts.begin(first, PORT).orElseThrow();
    Attempt two = attempts.begin(second, PORT).orElseThrow();
    attempts.end(one);
    assertThat(attempts.of(first.id())).isEmpty();
    assertThat(attempts.of(second.id())).containsSame(two);
  }

  @Test
  void whatIsSettledIsToldOnceAndOver() {
    TsProxy.Ask asked = question();
    Attempt attempt = attempts.begin(asked, PORT).orElseThrow();
    attempts.settle(attempt, ANSWER);
    assertThat(client.getAllReceived()).containsExactly(ANSWER);
    assertThat(attempts.size()).isZero();
    assertThat(attempts.of(asked.id())).isEmpty();
    assertThat(attempts.find(PORT, attempt.id())).isEmpty();
  }

  @Test
  void whatHasEndedIsToldNothing() {
    attempts.end(attempts.begin(question(), PORT).orElseThrow());
    assertThat(client.hasMessages()).isFalse();
    assertThat(attempts.size()).isZero();
  }

  @Test
  void whatMovesIsFoundWhereItIsAndNotWhereItWas() {
    TsProxy.Ask asked = question();
    Attempt attempt = attempts.begin(asked, PORT).orElseThrow();
    int before = attempt.id();
    byte[] query = attempt.query();
    attempts.move(attempt, Attempts.TCP);
    assertThat(attempts.find(PORT, before)).isEmpty();
    assertThat(attempts.find(Attempts.TCP, attempt.id())).containsSame(attempt);
    assertThat(attempts.of(asked.id())).containsSame(attempt);
    assertThat(attempts.overTcp()).containsExactly(attempt);
    assertThat((attempt.query()[0] & 0xff) << 8 | (attempt.query()[1] & 0xff))
        .isEqualTo(attempt.id());
    assertThat(attempt.query()).endsWith(Arrays.copyOfRange(query, 2, query.length));
  }

  @Test
  void whatGoesOnWithoutEdnsHasAnotherIdOnTheSameChannel() {
    Manner edns = new Manner.Dns(0, Optional.of(new Edns(0, new byte[0])));
    Question question = new Question(DomainName.parse("a.example").orElseThrow(), Type.A, edns);
    Attempt attempt = attempts.begin(Asks.of(question, client.getRef()), PORT).orElseThrow();
    int before = attempt.id();
    int length = attempt.query().length;
    attempts.dropEdns(attempt);
    assertThat(attempt.id()).isNotEqualTo(before);
    assertThat(attempts.find(PORT, before)).isEmpty();
    assertThat(attempts.find(PORT, attempt.id())).containsSame(attempt);
    assertThat(attempt.query()).hasSize(length - 11);
  }

  @Test
  void thoseOverTcpAreInTheOrderInWhichTheyCameToIt() {
    Attempt first = attempts.begin(question(), PORT).orElseThrow();
    Attempt second = attempts.begin(question(), OTHER_PORT).orElseThrow();
    assertThat(attempts.begin(question(), PORT)).isPresent();
    attempts.move(second, Attempts.TCP);
    attempts.move(first, Attempts.TCP);
    assertThat(attempts.overTcp()).containsExactly(second, first);
  }

  @Test
  void thereAreNoMoreThanTheLimitAtATime() {
    Attempts one = new Attempts(1, new RandomIds());
    Attempt attempt = one.begin(question(), PORT).orElseThrow();
    assertThat(one.begin(question(), OTHER_PORT)).isEmpty();
    one.end(attempt);
    assertThat(one.begin(question(), PORT)).isPresent();
  }

  /** Also where they crowd on one channel, ids are found, and each is given once. */
  @Test
  void idsOnAChannelAreAllDifferent() {
    Attempts many = new Attempts(Integer.MAX_VALUE, new RandomIds());
    Set<Integer> ids = new HashSet<>();
    Optional<Attempt> next = many.begin(question(), PORT);
    while (next.isPresent()) {
      assertThat(ids.add(next.get().id())).isTrue();
      next = many.begin(question(), PORT);
    }
    assertThat(ids).hasSize(32_768);
    assertThat(many.size()).isEqualTo(32_768);
  }

  private TsProxy.Ask question() {
    return Asks.of(Question.ofText(DomainName.parse("a.example").orElseThrow()), client.getRef());
  }
}
