package firstanswer.upstream.dns;

import static firstanswer.upstream.dns.ExchangeFixture.SERVER;
import static firstanswer.upstream.dns.ExchangeFixture.idOf;
import static firstanswer.upstream.dns.ExchangeFixture.nameOf;
import static firstanswer.upstream.dns.ExchangeFixture.positive;
import static firstanswer.upstream.dns.ExchangeFixture.query;
import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer.Unheard;
import firstanswer.testing.Responses;
import firstanswer.tsproxy.TsProxy;
import firstanswer.upstream.dns.Effect.Send;
import firstanswer.upstream.dns.Effect.SendOverTcp;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** An attacker who does not see the queries sends answers in the server's name. */
class ExchangeGuessesTest {
  private static final int HEADER_BYTES = 12;

  private final ExchangeFixture server = ExchangeFixture.ready(1, 100);

  @Test
  void anAnswerAfterFewGuessesIsTaken() {
    TsProxy.Ask ask = server.asks("a.example");
    Send sent = server.sent();
    guess(sent, Guesses.MANY - 1);
    server.answers(sent, positive(sent));
    server.expectPositive(ask, positive(sent));
    server.expectNothing();
  }

  @Test
  void anAnswerAfterManyGuessesIsNotTakenButAskedForOverTcp() {
    TsProxy.Ask ask = server.asks("a.example");
    Send sent = server.sent();
    guess(sent, Guesses.MANY);
    server.answers(sent, forged(sent));
    assertThat(server.next(Effect.Connect.class)).isEqualTo(new Effect.Connect(0, SERVER));
    server.answers(sent, forged(sent));
    server.expectNothing();
    server.happens(() -> server.exchange().onConnected(0));
    SendOverTcp overTcp = server.next(SendOverTcp.class);
    server.arrivesOverTcp(positive(overTcp.query()));
    server.expectPositive(ask, positive(overTcp.query()));
    server.expectNothing();
  }

  @Test
  void answersToAnotherQuestionAreGuesses() {
    server.asks("a.example");
    Send first = server.sent();
    server.asks("b.example");
    Send second = server.sent();
    for (int i = 0; i < Guesses.MANY; i++) {
      server.answers(first, withId(positive(second), idOf(first.query())));
    }
    server.answers(second, positive(second));
    server.next(Effect.Connect.class);
  }

  @Test
  void ifTheServerRefusesTcpItIsNotHeard() {
    TsProxy.Ask ask = server.asks("a.example");
    Send sent = server.sent();
    guess(sent, Guesses.MANY);
    server.answers(sent, positive(sent));
    server.next(Effect.Connect.class);
    server.happens(() -> server.exchange().onClosed(0, "refused"));
    server.expectReply(ask, new Unheard(Unheard.Cause.CUT, "TCP: refused"));
    server.answers(sent, positive(sent));
    server.expectNothing();
  }

  @Test
  void anAttackOutlastsTheQueriesThatItMeets() {
    server.asks("a.example");
    Send first = server.sent();
    guess(first, Guesses.MANY);
    server.answers(first, positive(first));
    server.next(Effect.Connect.class);
    server.passes(Duration.ofSeconds(3));
    server.rest();
    server.asks("b.example");
    Send second = server.sent();
    server.answers(second, positive(second));
    server.expectNothing();
    assertThat(second.channel()).isEqualTo(first.channel());
  }

  @Test
  void doubleAnswersAreNoGuesses() {
    for (int i = 0; i < 2 * Guesses.MANY; i++) {
      TsProxy.Ask ask = server.asks("a.example");
      Send sent = server.sent();
      server.answers(sent, positive(sent));
      server.expectPositive(ask, positive(sent));
      server.answers(sent, positive(sent));
      server.expectNothing();
    }
  }

  /** Most of the forgotten queries end at once, since the limit is low. */
  @Test
  void lateAnswersAreNoGuesses() {
    ExchangeFixture two = ExchangeFixture.ready(1, 2);
    Send[] late = new Send[2 * Guesses.MANY];
    for (int i = 0; i < late.length; i++) {
      TsProxy.Ask ask = two.asks("a.example");
      late[i] = two.sent();
      two.forgets(ask);
    }
    for (Send each : late) {
      two.answers(each, positive(each));
    }
    assertThat(two.exchange().unexpected()).isGreaterThan(Guesses.MANY);
    TsProxy.Ask ask = two.asks("b.example");
    Send sent = two.sent();
    two.answers(sent, positive(sent));
    two.expectPositive(ask, positive(sent));
  }

  /** Some servers send back no more than the header. */
  @Test
  void answersWithoutAQuestionAreNoGuesses() {
    TsProxy.Ask ask = server.asks("a.example");
    Send sent = server.sent();
    byte[] header = Arrays.copyOf(Responses.failure(query(sent), Rcode.REFUSED), HEADER_BYTES);
    header[5] = 0;
    for (int i = 0; i < Guesses.MANY; i++) {
      server.answers(sent, header.clone());
    }
    server.answers(sent, positive(sent));
    server.expectPositive(ask, positive(sent));
  }

  /** Otherwise an attacker who is lucky three times could turn the mixed case off. */
  @Test
  void doubtfulAnswersDoNotSayThatTheServerChangesTheCase() {
    ExchangeFixture mixed = ExchangeFixture.readyWithMixedCase();
    String name = "many.letters-in-this.name.example";
    for (int i = 0; i < 5; i++) {
      mixed.asks(name);
      Send sent = mixed.sent();
      assertThat(nameOf(sent)).isNotEqualTo(name + ".");
      for (int guess = 0; guess < Guesses.MANY; guess++) {
        mixed.answers(sent, withId(forged(sent), idOf(sent.query()) ^ guess + 1));
      }
      byte[] lucky = forged(sent);
      lucky[HEADER_BYTES + 1] ^= 0x20;
      mixed.answers(sent, lucky);
      assertThat(mixed.rest()).noneMatch(Effect.Reply.class::isInstance);
    }
  }

  private void guess(Send sent, int times) {
    for (int i = 0; i < times; i++) {
      server.answers(sent, withId(forged(sent), idOf(sent.query()) ^ i + 1));
    }
  }

  private static byte[] forged(Send sent) {
    return Responses.positive(query(sent), "203.0.113.66");
  }

  private static byte[] withId(byte[] message, int id) {
    message[0] = (byte) (id >> 8);
    message[1] = (byte) id;
    return message;
  }
}
