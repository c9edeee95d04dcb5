package firstanswer.upstream.dns;

import static firstanswer.upstream.dns.ExchangeFixture.DOWN_AFTER;
import static firstanswer.upstream.dns.ExchangeFixture.nameOf;
import static firstanswer.upstream.dns.ExchangeFixture.positive;
import static firstanswer.upstream.dns.ExchangeFixture.query;
import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer.Unheard;
import firstanswer.dns.Answer.Unheard.Cause;
import firstanswer.resolver.Health;
import firstanswer.resolver.Health.State;
import firstanswer.testing.Responses;
import firstanswer.tsproxy.TsProxy;
import firstanswer.upstream.dns.Effect.ChangeHealth;
import firstanswer.upstream.dns.Effect.Send;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** Checks the health that follows from answers and from silence. */
class ExchangeHealthTest {
  private static final Health DOWN = new Health(State.DOWN, "silent");

  private final ExchangeFixture server = ExchangeFixture.ready(1, 100);

  @Test
  void aServerSilentOnAForgottenQueryIsProbedAndThenDown() {
    server.forgets(server.asks("silent.example"));
    server.sent();
    server.passes(DOWN_AFTER.dividedBy(2).minusMillis(50));
    server.expectNothing();
    server.passes(DOWN_AFTER.dividedBy(2));
    List<Effect> effects = server.rest();
    assertThat(effects.stream().filter(Send.class::isInstance))
        .hasSize(2)
        .allMatch(probe -> nameOf((Send) probe).equals("."));
    assertThat(server.exchange().health().counts()).isTrue();
    server.passes(Duration.ofMillis(50));
    assertThat(server.exchange().health()).isEqualTo(DOWN);
  }

  @Test
  void aServerThatAnswersItsProbeIsUp() {
    server.forgets(server.asks("silent.example"));
    server.sent();
    server.passes(DOWN_AFTER.dividedBy(2));
    server.next(ChangeHealth.class);
    refuse(server.sent());
    assertThat(server.next(ChangeHealth.class).health()).isEqualTo(Health.UP);
    server.passes(DOWN_AFTER);
    server.expectNothing();
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
  void aServerIsUpAgainWithALateAnswerToAForgottenQuery() {
    TsProxy.Ask ask = server.asks("late.example");
    Send sent = server.sent();
    server.forgets(ask);
    server.passes(DOWN_AFTER.plusSeconds(3));
    assertThat(server.exchange().health()).isEqualTo(DOWN);
    server.rest();
    server.answers(sent, positive(sent));
    assertThat(server.next(ChangeHealth.class).health()).isEqualTo(Health.UP);
  }

  @Test
  void aSlowServerWithManyQueriesInFlightIsNotDown() {
    Send[] sent = new Send[50];
    for (int i = 0; i < sent.length; i++) {
      server.asks("slow.example");
      sent[i] = server.sent();
    }
    server.passes(Duration.ofMillis(1500));
    assertThat(server.exchange().health().counts()).isTrue();
    server.rest();
    for (Send each : sent) {
      server.answers(each, positive(each));
    }
    assertThat(server.exchange().health()).isEqualTo(Health.UP);
  }

  @Test
  void aServerThatAnswersOneOfManyQueriesIsUp() {
    for (int i = 0; i < 10; i++) {
      server.forgets(server.asks("silent.example"));
      server.sent();
    }
    server.asks("known.example");
    Send known = server.sent();
    server.answers(known, positive(known));
    server.passes(DOWN_AFTER);
    assertThat(server.rest()).noneMatch(ChangeHealth.class::isInstance);
    assertThat(server.exchange().health()).isEqualTo(Health.UP);
  }

  /** The time is over, but our own backlog holds the answer. */
  @Test
  void anAnswerQueuedWhenTheTimeWasOverIsInTime() {
    server.asks("a.example");
    Send sent = server.sent();
    server.passes(DOWN_AFTER.minusMillis(50));
    server.rest();
    server.happens(server.exchange()::onTick);
    long tick = server.next(Effect.HandleQueueFirst.class).tick();
    server.answers(sent, positive(sent));
    server.happens(() -> server.exchange().onTickHandled(tick));
    assertThat(server.rest()).doesNotContain(new ChangeHealth(DOWN));
    assertThat(server.exchange().health()).isEqualTo(Health.UP);
  }

  @Test
  void aServerThatRefusesForHalfASecondIsDownAndAskersAreToldOnce() {
    TsProxy.Ask ask = server.asks("a.example");
    int channel = server.sent().channel();
    server.happens(() -> server.exchange().onRefused(channel));
    server.expectReply(ask, new Unheard(Cause.UNREACHABLE, "refused"));
    server.happens(() -> server.exchange().onAsk(ask));
    server.passes(Duration.ofMillis(450));
    server.happens(() -> server.exchange().onRefused(channel));
    assertThat(server.exchange().health()).isEqualTo(Health.UP);
    server.passes(Duration.ofMillis(50));
    server.rest();
    server.happens(() -> server.exchange().onRefused(channel));
    assertThat(server.next(ChangeHealth.class).health())
        .isEqualTo(new Health(State.DOWN, "refused"));
    assertThat(server.rest()).hasSize(1).hasOnlyElementsOfType(Effect.StartProbeTimer.class);
  }

  @Test
  void socketsWithoutAWayAreReplacedAndAskersAreTold() {
    TsProxy.Ask ask = server.asks("a.example");
    Send sent = server.sent();
    server.passes(Duration.ofSeconds(1));
    server.rest();
    server.happens(() -> server.exchange().onUnreachable(sent.channel(), "Network is unreachable"));
    assertThat(server.rest())
        .contains(new Effect.OpenSocket(sent.channel() + 1, ExchangeFixture.SERVER))
        .contains(new Effect.Reply(ask, new Unheard(Cause.UNREACHABLE, "Network is unreachable")));
    server.asks("b.example");
    assertThat(server.sent().channel()).isNotEqualTo(sent.channel());
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
    server.forgets(server.asks("silent.example"));
    server.passes(DOWN_AFTER);
    assertThat(server.exchange().health()).isEqualTo(DOWN);
    server.rest();
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
