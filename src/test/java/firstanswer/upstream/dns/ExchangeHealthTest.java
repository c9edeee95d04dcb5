package firstanswer.upstream.dns;

import static firstanswer.upstream.dns.ExchangeFixture.DOWN_AFTER;
import static firstanswer.upstream.dns.ExchangeFixture.TICKS;
import static firstanswer.upstream.dns.ExchangeFixture.nameOf;
import static firstanswer.upstream.dns.ExchangeFixture.positive;
import static firstanswer.upstream.dns.ExchangeFixture.query;
import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer.Unheard.Cause;
import firstanswer.resolver.Health;
import firstanswer.resolver.Health.State;
import firstanswer.testing.Responses;
import firstanswer.tsproxy.TsProxy;
import firstanswer.upstream.dns.Effect.ChangeHealth;
import firstanswer.upstream.dns.Effect.Send;
import firstanswer.upstream.dns.Effect.StartProbeTimer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** Checks the health that follows from answers and from silence. */
class ExchangeHealthTest {
  private static final Health LATE = new Health(State.SUSPECT, "late");
  private static final Health DOWN = new Health(State.DOWN, "no answer in time");

  private final ExchangeFixture server = ExchangeFixture.ready(1, 100);

  @BeforeEach
  void serveOneQuery() {
    server.asks("first.example");
    refuse(server.sent());
    server.rest();
    // A query of the same tick as an answered query would never count as late.
    server.ticks(1);
    server.rest();
  }

  @Test
  void aServerThatAnswersNoForgottenQueryIsDown() {
    goDown();
    assertThat(server.exchange().health()).isEqualTo(DOWN);
  }

  @Test
  void aServerThatIsDownIsProbedAndGetsFewQueriesUntilItAnswers() {
    goDown();
    server.asks("a.example");
    assertThat(nameOf(server.sent())).isEqualTo("a.example.");
    server.expectUnheard(server.asks("b.example"), Cause.DOWN);
    Send probe = probeDue();
    // The probe has not taken the place of the query.
    server.asks("d.example");
    assertThat(nameOf(server.sent())).isEqualTo("d.example.");
    refuse(probe);
    assertThat(server.next(ChangeHealth.class).health()).isEqualTo(Health.UP);
    assertThat(server.rest()).containsExactly(new Effect.StopProbeTimer());
    server.asks("c.example");
    assertThat(nameOf(server.sent())).isEqualTo("c.example.");
    server.happens(server.exchange()::onProbeDue);
    server.expectNothing();
  }

  @Test
  void aSingleLateQueryIsFollowedByAsManyProbesAsItTakes() {
    server.asks("silent.example");
    Send silent = server.sent();
    server.ticks(TICKS + 1);
    assertThat(server.sent()).isEqualTo(silent);
    for (int i = 1; i < DOWN_AFTER; i++) {
      assertThat(nameOf(server.sent())).isEqualTo(".");
      server.expectNothing();
      server.ticks(1);
    }
    server.expectNothing();
    server.ticks(TICKS + DOWN_AFTER);
    assertThat(server.rest().stream().filter(ChangeHealth.class::isInstance))
        .containsExactly(new ChangeHealth(LATE), new ChangeHealth(DOWN));
  }

  @Test
  void oneLostAnswerMakesNoServerDown() {
    server.asks("silent.example");
    server.sent();
    server.ticks(TICKS + 1);
    server.sent();
    refuse(server.sent());
    server.ticks(3 * TICKS);
    server.expectNothing();
    assertThat(server.exchange().health()).isEqualTo(Health.UP);
  }

  @Test
  void aServerThatAnswersLateIsDownAndItsAnswerStillCounts() {
    for (int i = 1; i < DOWN_AFTER; i++) {
      server.asks("silent.example");
      server.sent();
    }
    TsProxy.Ask late = server.asks("late.example");
    Send sent = server.sent();
    server.ticks(TICKS + 1);
    server.rest();
    server.answers(sent, positive(sent));
    server.expectPositive(late, positive(sent));
    server.expectNothing();
    assertThat(server.exchange().health()).isEqualTo(DOWN);
  }

  @Test
  void aServerThatAnswersOneOfManyQueriesInTimeIsUp() {
    for (int i = 0; i < 2 * DOWN_AFTER; i++) {
      server.asks("silent.example");
      server.sent();
    }
    server.asks("known.example");
    Send known = server.sent();
    server.answers(known, positive(known));
    server.ticks(TICKS + 1);
    assertThat(server.rest()).noneMatch(ChangeHealth.class::isInstance);
    assertThat(server.exchange().health()).isEqualTo(Health.UP);
  }

  /** The tick is over, but our own backlog holds the answers. */
  @Test
  void answersThatWereQueuedWhenTheTimeWasOverAreInTime() {
    Send[] sent = new Send[DOWN_AFTER];
    for (int i = 0; i < sent.length; i++) {
      server.asks("a.example");
      sent[i] = server.sent();
    }
    server.ticks(TICKS);
    server.happens(server.exchange()::onTick);
    long tick = server.next(Effect.HandleQueueFirst.class).tick();
    for (Send each : sent) {
      server.answers(each, positive(each));
    }
    server.happens(() -> server.exchange().onTickHandled(tick));
    assertThat(server.rest())
        .noneMatch(effect -> effect instanceof Send || effect instanceof ChangeHealth)
        .contains(new Effect.StopTicks());
  }

  @Test
  void aServerThatOnlyFailsIsSuspectAndOneThatRefusesIsWell() {
    for (int rcode : List.of(Rcode.REFUSED, Rcode.REFUSED, Rcode.SERVFAIL)) {
      fail(rcode);
      server.next(Effect.Reply.class);
      server.expectNothing();
    }
    fail(Rcode.SERVFAIL);
    assertThat(server.next(ChangeHealth.class).health())
        .isEqualTo(new Health(State.SUSPECT, "SERVFAIL"));
  }

  private void fail(int rcode) {
    server.asks("a.example");
    Send sent = server.sent();
    server.answers(sent, Responses.failure(query(sent), rcode));
  }

  private void goDown() {
    for (int i = 0; i < DOWN_AFTER; i++) {
      TsProxy.Ask ask = server.asks("silent.example");
      server.sent();
      server.forgets(ask);
    }
    server.ticks(TICKS + 1);
    assertThat(server.next(ChangeHealth.class).health()).isEqualTo(LATE);
    assertThat(server.next(ChangeHealth.class).health()).isEqualTo(DOWN);
    // Nobody waits, so no query goes out once more.
    assertThat(server.rest()).hasSize(2).hasAtLeastOneElementOfType(StartProbeTimer.class);
  }

  private Send probeDue() {
    server.happens(server.exchange()::onProbeDue);
    Send probe = server.sent();
    assertThat(nameOf(probe)).isEqualTo(".");
    return probe;
  }

  private void refuse(Send sent) {
    server.answers(sent, Responses.failure(query(sent), Rcode.REFUSED));
  }
}
