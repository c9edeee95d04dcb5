package firstanswer.upstream.dns;

import static firstanswer.upstream.dns.ExchangeFixture.RETRANSMIT;
import static firstanswer.upstream.dns.ExchangeFixture.nameOf;
import static firstanswer.upstream.dns.ExchangeFixture.positive;
import static firstanswer.upstream.dns.ExchangeFixture.query;
import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.tsproxy.TsProxy;
import firstanswer.upstream.dns.Effect.Send;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** A server that gets more queries than it takes. */
class ExchangeOverloadTest {
  private final ExchangeFixture server = ExchangeFixture.ready(1, 1000);
  private final List<TsProxy.Ask> asks = new ArrayList<>();
  private final List<Send> sent = new ArrayList<>();

  /** As many queries are in flight as a server gets at first. */
  @BeforeEach
  void fill() {
    for (int i = 0; i < Window.INITIAL; i++) {
      asks.add(server.asks("n" + i + ".example"));
      sent.add(server.sent());
    }
  }

  @Test
  void furtherQueriesWaitForAnswersInTheirOrder() {
    server.asks("b.example");
    server.asks("c.example");
    server.expectNothing();
    server.answers(sent.get(7), positive(sent.get(7)));
    server.expectPositive(asks.get(7), positive(sent.get(7)));
    assertThat(nameOf(server.sent())).isEqualTo("b.example.");
    server.answers(sent.get(3), positive(sent.get(3)));
    server.expectPositive(asks.get(3), positive(sent.get(3)));
    assertThat(nameOf(server.sent())).isEqualTo("c.example.");
  }

  /** The server has moved to another address, to which no socket is open yet. */
  @Test
  void waitingQueriesWaitForASocket() {
    server.asks("b.example");
    server.rest();
    List<Effect> moved = server.exchange().onFound(new InetSocketAddress("192.0.2.54", 53));
    assertThat(server.exchange().onForget(asks.get(0).id()))
        .noneMatch(Effect.Send.class::isInstance);
    server.exchange().onTick();
    int channel = ((Effect.OpenSocket) moved.get(0)).channel();
    server.passes(RETRANSMIT);
    server.happens(() -> server.exchange().onOpened(channel));
    assertThat(server.rest())
        .anyMatch(effect -> effect instanceof Send sent && nameOf(sent).equals("b.example."));
  }

  @Test
  void waitingQueryThatNobodyNeedsIsNotSent() {
    server.forgets(server.asks("b.example"));
    server.answers(sent.get(0), positive(sent.get(0)));
    server.expectPositive(asks.get(0), positive(sent.get(0)));
    server.expectNothing();
  }

  /**
   * Of 128 queries, the server loses four. That becomes known when nothing else is in flight any
   * more.
   */
  @Test
  void fewLossesOfALoadThatHasEndedLimitNothing() {
    int lost = 4;
    for (int i = lost; i < sent.size(); i++) {
      server.answers(sent.get(i), positive(sent.get(i)));
      server.expectPositive(asks.get(i), positive(sent.get(i)));
    }
    server.passes(RETRANSMIT);
    List<Send> again = List.of(server.sent(), server.sent(), server.sent(), server.sent());
    for (int i = 0; i < lost; i++) {
      server.answers(again.get(i), positive(again.get(i)));
      server.expectPositive(asks.get(i), positive(again.get(i)));
    }
    for (int i = 0; i < Window.INITIAL / 2; i++) {
      server.asks("more" + i + ".example");
      server.sent();
    }
  }

  /** Otherwise each loss would make the next one known later. */
  @Test
  void serverThatAnswersARepetitionAtOnceIsNotSlow() {
    for (int i = 1; i < sent.size(); i++) {
      server.answers(sent.get(i), positive(sent.get(i)));
      server.expectPositive(asks.get(i), positive(sent.get(i)));
    }
    server.passes(RETRANSMIT);
    Send again = server.sent();
    server.answers(again, positive(again));
    server.expectPositive(asks.get(0), positive(again));
    server.asks("b.example");
    Send first = server.sent();
    server.passes(RETRANSMIT);
    assertThat(nameOf(server.sent())).isEqualTo(nameOf(first));
  }

  @Test
  void refusalOfAResolverUnderLoadIsNoAnswer() {
    server.answers(sent.get(0), refusal(sent.get(0), true));
    server.passes(Duration.ofMillis(50));
    server.expectNothing();
    server.answers(sent.get(1), positive(sent.get(1)));
    server.expectPositive(asks.get(1), positive(sent.get(1)));
    Send again = server.sent();
    assertThat(nameOf(again)).isEqualTo(nameOf(sent.get(0)));
    server.answers(again, positive(again));
    server.expectPositive(asks.get(0), positive(again));
  }

  @Test
  void refusalOfAServerWithoutRecursionIsAnAnswer() {
    server.answers(sent.get(0), refusal(sent.get(0), false));
    expectRefused(asks.get(0));
  }

  @Test
  void refusalOfAResolverWithFewQueriesIsAnAnswer() {
    for (int i = Window.MIN; i < sent.size(); i++) {
      server.answers(sent.get(i), positive(sent.get(i)));
      server.expectPositive(asks.get(i), positive(sent.get(i)));
    }
    server.answers(sent.get(0), refusal(sent.get(0), true));
    expectRefused(asks.get(0));
  }

  /** The server refuses a repetition of a query that it works at: few seem to be in flight. */
  @Test
  void refusalRightAfterAnOverloadIsNoAnswer() {
    for (int i = 0; i < sent.size(); i++) {
      server.answers(sent.get(i), refusal(sent.get(i), true));
    }
    server.answers(sent.get(0), refusal(sent.get(0), true));
    server.expectNothing();
  }

  /** The server holds other names, but refuses eight; all its places stay. */
  @Test
  void questionsThatAreRefusedAgainAndAgainTakeNoPlaces() {
    List<Send> refused = sent.subList(0, 8);
    int others = refused.size();
    for (int time = 0; time < 2; time++) {
      refused.forEach(each -> server.answers(each, refusal(each, true)));
      server.passes(Duration.ofMillis(50));
      server.rest();
      for (int i = 0; i < refused.size(); i++) {
        Send other = sent.get(others);
        server.answers(other, positive(other));
        server.expectPositive(asks.get(others), positive(other));
        refused.set(i, server.sent());
        others++;
      }
    }
    refused.forEach(each -> server.answers(each, refusal(each, true)));
    server.rest();
    asks.forEach(server::forgets);
    server.passes(Duration.ofSeconds(1));
    server.rest();
    for (int i = 0; i < Window.INITIAL; i++) {
      server.asks("after" + i + ".example");
    }
    assertThat(server.sentNames()).hasSize(Window.INITIAL);
  }

  private void expectRefused(TsProxy.Ask ask) {
    Effect.Reply reply = server.next(Effect.Reply.class);
    assertThat(reply.asker()).isEqualTo(ask);
    assertThat(((Answer.Failure) reply.answer()).says(Rcode.REFUSED)).isTrue();
  }

  @Test
  void lostQueryTakesThePlaceOfAnAnsweredOne() {
    server.passes(Duration.ofMillis(50));
    for (int i = 1; i < Window.INITIAL; i++) {
      server.answers(sent.get(i), positive(sent.get(i)));
    }
    server.rest();
    TsProxy.Ask later = server.asks("later.example");
    Send sentLater = server.sent();
    server.answers(sentLater, positive(sentLater));
    server.expectPositive(later, positive(sentLater));
    for (int i = 1; i < Window.INITIAL; i++) {
      asks.set(i, server.asks("again" + i + ".example"));
      sent.set(i, server.sent());
    }
    server.asks("waits.example");
    server.passes(RETRANSMIT.minusMillis(50));
    assertThat(server.sentNames()).doesNotContain(nameOf(sent.get(0)));
    server.answers(sent.get(9), positive(sent.get(9)));
    server.expectPositive(asks.get(9), positive(sent.get(9)));
    assertThat(nameOf(server.sent())).isEqualTo(nameOf(sent.get(0)));
  }

  @Test
  void queryThatIsRefusedThreeTimesIsRefused() {
    refuseAgainAndAgain(3);
    expectRefused(asks.get(0));
  }

  /** Its refusals mean that it has no room, since it has answered a refused query afterwards. */
  @Test
  void serverThatHasAnsweredARefusedQueryIsAskedMoreOften() {
    server.answers(sent.get(100), refusal(sent.get(100), true));
    server.passes(Duration.ofMillis(50));
    server.rest();
    server.answers(sent.get(101), positive(sent.get(101)));
    server.expectPositive(asks.get(101), positive(sent.get(101)));
    Send again = server.sent();
    server.answers(again, positive(again));
    server.expectPositive(asks.get(100), positive(again));
    refuseAgainAndAgain(10);
    server.expectNothing();
  }

  /** The server refuses the first query that often, and answers others meanwhile. */
  private void refuseAgainAndAgain(int times) {
    Send last = sent.get(0);
    for (int i = 1; i < times; i++) {
      server.answers(last, refusal(last, true));
      server.answers(last, refusal(last, true));
      server.passes(Duration.ofMillis(50));
      server.rest();
      server.answers(sent.get(i), positive(sent.get(i)));
      server.expectPositive(asks.get(i), positive(sent.get(i)));
      last = server.sent();
      assertThat(nameOf(last)).isEqualTo(nameOf(sent.get(0)));
    }
    server.answers(last, refusal(last, true));
  }

  @Test
  void manyWaitingQueriesAreACongestionUntilHalfOfThemAreSent() {
    server.answers(sent.get(Window.INITIAL - 1), positive(sent.get(Window.INITIAL - 1)));
    server.passes(Duration.ofMillis(50));
    server.rest();
    server.asks("one.example");
    server.sent();
    for (int i = 0; i < Window.INITIAL; i++) {
      server.asks("w" + i + ".example");
    }
    server.expectNothing();
    TsProxy.Ask last = server.asks("last.example");
    assertThat(server.next(Effect.ChangeCongestion.class).isCongested()).isTrue();
    server.forgets(last);
    for (int i = 0; i < Window.INITIAL / 2; i++) {
      server.answers(sent.get(i), positive(sent.get(i)));
    }
    assertThat(server.rest()).contains(new Effect.ChangeCongestion(false));
  }

  private static byte[] refusal(Send to, boolean recursion) {
    Message refused = new Message(query(to).getHeader().getID());
    refused.getHeader().setFlag(Flags.QR);
    refused.getHeader().setRcode(Rcode.REFUSED);
    if (recursion) {
      refused.getHeader().setFlag(Flags.RA);
    }
    refused.addRecord(query(to).getQuestion(), org.xbill.DNS.Section.QUESTION);
    return refused.toWire();
  }
}
