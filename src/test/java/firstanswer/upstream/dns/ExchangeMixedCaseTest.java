package firstanswer.upstream.dns;

import static firstanswer.upstream.dns.ExchangeFixture.SERVER;
import static firstanswer.upstream.dns.ExchangeFixture.nameOf;
import static firstanswer.upstream.dns.ExchangeFixture.positive;
import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.tsproxy.TsProxy;
import firstanswer.upstream.dns.Effect.Send;
import firstanswer.upstream.dns.Effect.SendOverTcp;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Questions with letters of random case, and servers that repeat the case or do not. */
class ExchangeMixedCaseTest {
  private static final String NAME = "many.letters-in-this.name.example";
  private static final int NAME_AT = 12;

  private final ExchangeFixture server = ExchangeFixture.readyWithMixedCase();

  @Test
  void eachQuestionHasAnotherCaseOfTheSameName() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      server.asks(NAME);
      String name = nameOf(server.sent());
      assertThat(name).isEqualToIgnoringCase(NAME + ".");
      names.add(name);
    }
    assertThat(names).hasSizeGreaterThan(18);
  }

  @Test
  void anAnswerInTheCaseOfTheQuestionReachesTheAskerInTheAskersCase() {
    TsProxy.Ask ask = server.asks(NAME);
    Send sent = server.sent();
    server.answers(sent, positive(sent));
    server.expectPositive(ask, lowerCase(positive(sent)));
    server.expectNothing();
  }

  @Test
  void anAnswerInAnotherCaseSendsTheQuestionOverTcp() {
    TsProxy.Ask ask = server.asks(NAME);
    Send sent = server.sent();
    server.answers(sent, lowerCase(positive(sent)));
    assertThat(server.next(Effect.Connect.class)).isEqualTo(new Effect.Connect(0, SERVER));
    server.happens(() -> server.exchange().onConnected(0));
    byte[] answer = lowerCase(positive(server.next(SendOverTcp.class).query()));
    server.arrivesOverTcp(answer);
    Answer positive = new Answer.Positive(new Content.Message(answer));
    server.expectReply(ask, positive);
  }

  @Test
  void aServerThatNeverRepeatsTheCaseIsAskedForNamesAsTheyAre() {
    for (int i = 0; i < 3; i++) {
      server.asks(NAME);
      Send sent = server.sent();
      server.answers(sent, lowerCase(positive(sent)));
      server.rest();
    }
    for (int i = 0; i < 3; i++) {
      TsProxy.Ask ask = server.asks(NAME);
      Send sent = server.sent();
      assertThat(nameOf(sent)).isEqualTo(NAME + ".");
      server.answers(sent, positive(sent));
      server.expectPositive(ask, positive(sent));
    }
  }

  private static byte[] lowerCase(byte[] message) {
    byte[] lower = message.clone();
    for (int at = NAME_AT; at < NAME_AT + NAME.length() + 1; at++) {
      lower[at] = (byte) Character.toLowerCase(lower[at]);
    }
    return lower;
  }
}
