package firstanswer.upstream.dns;

import static firstanswer.upstream.dns.ExchangeFixture.RETRANSMIT;
import static firstanswer.upstream.dns.ExchangeFixture.SERVER;
import static firstanswer.upstream.dns.ExchangeFixture.WITH_EDNS;
import static firstanswer.upstream.dns.ExchangeFixture.idOf;
import static firstanswer.upstream.dns.ExchangeFixture.nameOf;
import static firstanswer.upstream.dns.ExchangeFixture.positive;
import static firstanswer.upstream.dns.ExchangeFixture.query;
import static firstanswer.upstream.dns.ExchangeFixture.question;
import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard.Cause;
import firstanswer.resolver.Health;
import firstanswer.testing.Responses;
import firstanswer.tsproxy.TsProxy;
import firstanswer.upstream.dns.Effect.Send;
import firstanswer.upstream.dns.Effect.SendOverTcp;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

/** When a query waits, and when a query goes out again: later, without EDNS, or over TCP. */
class ExchangeAgainTest {
  private final ExchangeFixture server = ExchangeFixture.ready(4, 100);

  @Test
  void aQueryWithoutAnswerGoesOutThreeTimesMoreAndNoMore() {
    TsProxy.Ask a = server.asks("a.example");
    Send sent = server.sent();
    server.passes(RETRANSMIT.minusMillis(50));
    server.expectNothing();
    server.passes(Duration.ofMillis(50));
    assertThat(server.sent()).isEqualTo(sent);
    server.passes(RETRANSMIT.multipliedBy(2));
    assertThat(server.sent()).isEqualTo(sent);
    server.passes(RETRANSMIT.multipliedBy(3));
    server.rest();
    server.passes(RETRANSMIT);
    // By now a probe has gone out, and all sockets are new.
    assertThat(server.rest())
        .anyMatch(effect -> effect instanceof Send third && nameOf(third).equals("a.example."));
    for (int i = 0; i < 10; i++) {
      server.passes(RETRANSMIT);
      server.rest().stream()
          .filter(Send.class::isInstance)
          .forEach(effect -> assertThat(nameOf((Send) effect)).as("a probe").isEqualTo("."));
    }
    server.answers(sent, positive(sent));
    assertThat(server.next(Effect.ChangeHealth.class).health()).isEqualTo(Health.UP);
    server.expectPositive(a, positive(sent));
  }

  @Test
  void aSlowServerGetsTheQueryAgainAfterTwiceItsTime() {
    server.asks("slow.example");
    Send slow = server.sent();
    server.passes(RETRANSMIT.minusMillis(50));
    server.answers(slow, positive(slow));
    server.rest();
    server.asks("a.example");
    Send sent = server.sent();
    server.passes(Duration.ofMillis(250));
    server.expectNothing();
    server.passes(Duration.ofMillis(50));
    assertThat(server.sent()).isEqualTo(sent);
  }

  @Test
  void onlyAQueryThatIsStillWaitedForGoesOutAgain() {
    TsProxy.Ask answered = server.asks("answered.example");
    Send sent = server.sent();
    server.answers(sent, positive(sent));
    server.expectPositive(answered, positive(sent));
    server.forgets(server.asks("forgotten.example"));
    server.sent();
    server.asks("waits.example");
    server.sent();
    server.passes(RETRANSMIT);
    assertThat(server.sentNames()).containsExactly("waits.example.");
  }

  @Test
  void answeredQueriesKeepNoOtherFromGoingOutAgain() {
    ExchangeFixture two = ExchangeFixture.ready(4, 2);
    for (int i = 0; i < 10; i++) {
      TsProxy.Ask answered = two.asks("answered.example");
      Send sent = two.sent();
      two.answers(sent, positive(sent));
      two.expectPositive(answered, positive(sent));
    }
    two.asks("waits.example");
    Send sent = two.sent();
    two.passes(RETRANSMIT);
    assertThat(nameOf(two.sent())).isEqualTo(nameOf(sent));
  }

  @Test
  void ticksRunOnlyWhileAnAnswerMayCome() {
    TsProxy.Ask a = server.asks("a.example");
    assertThat(server.rest().get(0)).isEqualTo(new Effect.StartTicks(Duration.ofMillis(50)));
    server.asks("b.example");
    Send b = server.sent();
    server.expectNothing();
    server.answers(b, positive(b));
    server.forgets(a);
    // An answer to a forgotten query would show for ten seconds that the server lives.
    server.passes(Duration.ofMillis(9_900));
    assertThat(server.rest()).doesNotContain(new Effect.StopTicks());
    server.passes(Duration.ofSeconds(20));
    assertThat(server.rest()).contains(new Effect.StopTicks());
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.FORMERR, Rcode.NOTIMP})
  void aServerThatRejectsEdnsGetsTheQueryWithout(int rcode) {
    TsProxy.Ask a = server.asks(question("a.example", WITH_EDNS));
    Send sent = server.sent();
    server.answers(sent, Responses.failure(query(sent), rcode));
    Send plain = server.sent();
    assertThat(plain.channel()).isEqualTo(sent.channel());
    assertThat(query(plain).getQuestion()).isEqualTo(query(sent).getQuestion());
    assertThat(idOf(plain.query())).isNotEqualTo(idOf(sent.query()));
    assertThat(query(plain).getOPT()).isNull();
    // Late, and under the old id.
    server.answers(sent, Responses.failure(query(sent), rcode));
    server.answers(sent, positive(sent));
    server.expectNothing();
    assertThat(server.exchange().unexpected()).isEqualTo(2);
    server.answers(plain, positive(plain));
    server.expectPositive(a, positive(plain));
  }

  @Test
  void aServerThatRejectsMoreThanEdnsHasFailed() {
    server.asks(question("a.example", WITH_EDNS));
    Send sent = server.sent();
    server.answers(sent, Responses.failure(query(sent), Rcode.NOTIMP));
    Send plain = server.sent();
    server.answers(plain, Responses.failure(query(plain), Rcode.NOTIMP));
    expectFailure(Rcode.NOTIMP);
    server.expectNothing();
  }

  @Test
  void aQueryWithoutEdnsOrWithAnotherFailureIsNotSentAgain() {
    server.asks("a.example");
    Send sent = server.sent();
    server.answers(sent, Responses.failure(query(sent), Rcode.FORMERR));
    expectFailure(Rcode.FORMERR);
    server.asks(question("a.example", WITH_EDNS));
    sent = server.sent();
    server.answers(sent, Responses.failure(query(sent), Rcode.REFUSED));
    expectFailure(Rcode.REFUSED);
    server.expectNothing();
  }

  @Test
  void theQueryWithoutEdnsGoesOutOnceMoreTooIfNothingComes() {
    server.asks(question("a.example", WITH_EDNS));
    Send sent = server.sent();
    server.answers(sent, Responses.failure(query(sent), Rcode.FORMERR));
    server.sent();
    server.passes(RETRANSMIT);
    assertThat(query(server.sent()).getOPT()).isNull();
    server.expectNothing();
  }

  @Test
  void aCutAnswerSendsTheSameQuestionOverTcp() {
    TsProxy.Ask a = server.asks("a.example");
    Send sent = server.sent();
    server.answers(sent, Responses.truncated(query(sent)));
    assertThat(server.next(Effect.Connect.class)).isEqualTo(new Effect.Connect(0, SERVER));
    server.happens(() -> server.exchange().onConnected(0));
    SendOverTcp overTcp = server.next(SendOverTcp.class);
    assertThat(query(overTcp.query()).getQuestion()).isEqualTo(query(sent).getQuestion());
    assertThat(overTcp.id()).isEqualTo(idOf(overTcp.query()));
    // The query is over TCP now, and not to be answered over UDP.
    server.answers(sent, positive(sent));
    server.passes(RETRANSMIT.multipliedBy(2));
    server.expectNothing();
    server.arrivesOverTcp(positive(overTcp.query()));
    server.expectPositive(a, positive(overTcp.query()));
    assertThat(server.exchange().unexpected()).isEqualTo(1);
  }

  @Test
  void aServerThatRejectsEdnsOverTcpGetsTheQueryWithoutOverTcp() {
    TsProxy.Ask a = server.asks(question("a.example", WITH_EDNS));
    Send sent = server.sent();
    server.answers(sent, Responses.truncated(query(sent)));
    server.next(Effect.Connect.class);
    server.happens(() -> server.exchange().onConnected(0));
    SendOverTcp overTcp = server.next(SendOverTcp.class);
    server.arrivesOverTcp(Responses.failure(query(overTcp.query()), Rcode.FORMERR));
    SendOverTcp plain = server.next(SendOverTcp.class);
    assertThat(query(plain.query()).getOPT()).isNull();
    assertThat(plain.id()).isNotEqualTo(overTcp.id());
    server.arrivesOverTcp(positive(plain.query()));
    server.expectPositive(a, positive(plain.query()));
  }

  @Test
  void aForgottenQueryOverTcpIsNotSentWhenTheConnectionStands() {
    TsProxy.Ask a = server.asks("a.example");
    Send sent = server.sent();
    server.answers(sent, Responses.truncated(query(sent)));
    server.next(Effect.Connect.class);
    server.forgets(a);
    server.happens(() -> server.exchange().onConnected(0));
    server.expectNothing();
  }

  @Test
  void asksWaitUntilTheSocketsAreOpenAndTheHostIsLookedUp() {
    ExchangeFixture fresh = new ExchangeFixture(2, 2);
    TsProxy.Ask a = fresh.asks("a.example");
    TsProxy.Ask b = fresh.asks("b.example");
    fresh.expectUnheard(fresh.asks("c.example"), Cause.OVER_BUDGET);
    fresh.forgets(a);
    fresh.forgets(b);
    fresh.asks("d.example");
    fresh.asks("e.example");
    fresh.happens(() -> fresh.exchange().onFound(SERVER));
    fresh.happens(() -> fresh.exchange().onOpened(1));
    fresh.expectNothing();
    fresh.happens(() -> fresh.exchange().onNotOpened("no socket left"));
    assertThat(nameOf(fresh.sent())).isEqualTo("d.example.");
    assertThat(nameOf(fresh.sent())).isEqualTo("e.example.");
    fresh.expectNothing();
  }

  @Test
  void anAskWithoutASocketIsToldOnceAndSentWhenOneOpens() {
    ExchangeFixture noSocket = new ExchangeFixture(1, 2);
    Answer noSocketLeft = new Answer.Unheard(Cause.UNREACHABLE, "no socket left");
    TsProxy.Ask early = noSocket.asks("a.example");
    noSocket.happens(() -> noSocket.exchange().onFound(SERVER));
    noSocket.happens(() -> noSocket.exchange().onNotOpened("no socket left"));
    noSocket.expectReply(early, noSocketLeft);
    noSocket.happens(() -> noSocket.exchange().onAsk(early));
    noSocket.expectNothing();
    noSocket.expectReply(noSocket.asks("b.example"), noSocketLeft);
    noSocket.passes(Duration.ofSeconds(1));
    assertThat(noSocket.rest()).contains(new Effect.OpenSocket(2, SERVER));
    noSocket.happens(() -> noSocket.exchange().onOpened(2));
    assertThat(nameOf(noSocket.sent())).isEqualTo("a.example.");
  }

  @Test
  void anAskOfAnUnknownHostIsSentWhenTheHostIsFound() {
    ExchangeFixture noHost = new ExchangeFixture(1, 2);
    TsProxy.Ask waits = noHost.asks("a.example");
    noHost.happens(() -> noHost.exchange().onNotFound("host unknown"));
    assertThat(noHost.next(Effect.LogHostUnknown.class).reason()).isEqualTo("host unknown");
    noHost.expectUnheard(waits, Cause.HOST_UNKNOWN);
    noHost.happens(() -> noHost.exchange().onAsk(waits));
    noHost.happens(() -> noHost.exchange().onNotFound("host unknown"));
    noHost.expectNothing();
    noHost.happens(() -> noHost.exchange().onFound(SERVER));
    noHost.open();
    assertThat(nameOf(noHost.sent())).isEqualTo("a.example.");
    // An address that was found stays, even if a later look-up fails.
    noHost.happens(() -> noHost.exchange().onNotFound("host unknown"));
    noHost.asks("c.example");
    assertThat(noHost.sent().server()).isEqualTo(SERVER);
  }

  @Test
  void aSocketToAFormerAddressThatOpensLateTakesNoQuery() {
    ExchangeFixture moving = new ExchangeFixture(1, 2);
    InetSocketAddress former = new InetSocketAddress("192.0.2.99", 53);
    moving.happens(() -> moving.exchange().onFound(former));
    moving.happens(() -> moving.exchange().onFound(SERVER));
    moving.asks("a.example");
    moving.happens(() -> moving.exchange().onOpened(1));
    moving.expectNothing();
    moving.happens(() -> moving.exchange().onOpened(2));
    assertThat(moving.sent().channel()).isEqualTo(2);
  }

  @Test
  void aForgottenAskOfAnUnknownHostIsNotSent() {
    ExchangeFixture noHost = new ExchangeFixture(1, 2);
    TsProxy.Ask told = noHost.asks("a.example");
    noHost.happens(() -> noHost.exchange().onNotFound("host unknown"));
    noHost.rest();
    noHost.happens(() -> noHost.exchange().onAsk(told));
    noHost.forgets(told);
    noHost.happens(() -> noHost.exchange().onFound(SERVER));
    noHost.open();
    noHost.expectNothing();
  }

  @Test
  void aHostThatStaysUnknownMakesTheServerDown() {
    ExchangeFixture noHost = new ExchangeFixture(1, 2);
    noHost.happens(() -> noHost.exchange().onNotFound("host unknown"));
    noHost.asks("a.example");
    noHost.passes(ExchangeFixture.DOWN_AFTER);
    assertThat(noHost.exchange().health()).isEqualTo(new Health(Health.State.DOWN, "host unknown"));
  }

  @Test
  void aTruncatedFailureIsNotAskedForOverTcp() {
    server.asks("a.example");
    Send sent = server.sent();
    byte[] cut = Responses.failure(query(sent), Rcode.SERVFAIL);
    cut[2] |= 2;
    server.answers(sent, cut);
    expectFailure(Rcode.SERVFAIL);
  }

  @Test
  void anAskOfALostConnectionIsToldOnceAndAnsweredOverAnother() {
    TsProxy.Ask a = server.asks("a.example");
    Send sent = server.sent();
    server.answers(sent, Responses.truncated(query(sent)));
    server.next(Effect.Connect.class);
    server.happens(() -> server.exchange().onClosed(0, "refused"));
    server.expectReply(a, new Answer.Unheard(Cause.CUT, "TCP: refused"));
    server.happens(() -> server.exchange().onAsk(a));
    server.passes(Duration.ofMillis(100));
    assertThat(server.next(Effect.Connect.class)).isEqualTo(new Effect.Connect(1, SERVER));
    server.happens(() -> server.exchange().onConnected(1));
    SendOverTcp overTcp = server.next(SendOverTcp.class);
    server.arrivesOverTcp(positive(overTcp.query()));
    server.expectPositive(a, positive(overTcp.query()));
  }

  private void expectFailure(int rcode) {
    Answer answer = server.next(Effect.Reply.class).answer();
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failure.class, failure -> assertThat(failure.says(rcode)).isTrue());
  }
}
