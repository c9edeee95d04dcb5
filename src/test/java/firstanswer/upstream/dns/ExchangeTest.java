package firstanswer.upstream.dns;

import static firstanswer.upstream.dns.ExchangeFixture.SERVER;
import static firstanswer.upstream.dns.ExchangeFixture.WITH_EDNS;
import static firstanswer.upstream.dns.ExchangeFixture.idOf;
import static firstanswer.upstream.dns.ExchangeFixture.nameOf;
import static firstanswer.upstream.dns.ExchangeFixture.positive;
import static firstanswer.upstream.dns.ExchangeFixture.query;
import static firstanswer.upstream.dns.ExchangeFixture.question;
import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer.Unheard.Cause;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.testing.Responses;
import firstanswer.tsproxy.TsProxy;
import firstanswer.upstream.dns.Effect.Send;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Checks that each message answers the right query, or none. */
class ExchangeTest {
  private static final int SOCKETS = 4;
  private static final int MAX_PENDING = 100;

  private final ExchangeFixture server = ExchangeFixture.ready(SOCKETS, MAX_PENDING);

  @Test
  void theAnswerOfTheServerReachesTheAsker() {
    TsProxy.Ask a = server.asks("a.example");
    Send sent = server.sent();
    assertThat(sent.server()).isEqualTo(SERVER);
    assertThat(nameOf(sent)).isEqualTo("a.example.");
    server.answers(sent, positive(sent));
    server.expectPositive(a, positive(sent));
    server.expectNothing();
    assertThat(server.exchange().unexpected()).isZero();
  }

  static Stream<Arguments> foreign() {
    return Stream.of(
        foreign("another id", (sent, to) -> to.answers(sent, withOtherId(forged(sent)))),
        foreign("another name", (sent, to) -> to.answers(sent, forged(sent, "b.example.", Type.A))),
        foreign("another type", (sent, to) -> to.answers(sent, forged(sent, "a.example.", 28))),
        foreign("nothing", (sent, to) -> to.answers(sent, new byte[0])),
        foreign("an id only", (sent, to) -> to.answers(sent, Arrays.copyOf(forged(sent), 2))),
        foreign("half a header", (sent, to) -> to.answers(sent, Arrays.copyOf(forged(sent), 11))),
        foreign("the query itself", (sent, to) -> to.answers(sent, sent.query().bytes())),
        foreign(
            "another socket", (sent, to) -> to.arrives(sent.channel() % SOCKETS + 1, forged(sent))),
        foreign("over TCP", (sent, to) -> to.arrivesOverTcp(forged(sent))),
        foreign(
            "cut, other name",
            (sent, to) -> to.answers(sent, cut(forged(sent, "b.example.", Type.A)))),
        foreign("cut, other id", (sent, to) -> to.answers(sent, cut(withOtherId(forged(sent))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("foreign")
  void aForeignMessageIsCountedAndTheRightOneStillWins(
      String what, BiConsumer<Send, ExchangeFixture> arrives) {
    TsProxy.Ask a = server.asks("a.example");
    Send sent = server.sent();
    arrives.accept(sent, server);
    arrives.accept(sent, server);
    server.expectNothing();
    assertThat(server.exchange().unexpected()).isEqualTo(2);
    server.answers(sent, positive(sent));
    server.expectPositive(a, positive(sent));
    server.expectNothing();
  }

  @Test
  void twoQueriesNeverGetEachOthersAnswers() {
    TsProxy.Ask a = server.asks("a.example");
    Send first = server.sent();
    TsProxy.Ask b = server.asks("b.example");
    Send second = server.sent();
    server.answers(first, withId(positive(second), idOf(first.query())));
    server.answers(second, withId(positive(first), idOf(second.query())));
    server.expectNothing();
    server.answers(second, positive(second));
    server.expectPositive(b, positive(second));
    server.answers(first, positive(first));
    server.expectPositive(a, positive(first));
  }

  @Test
  void anAnswerThatComesTwiceCountsOnce() {
    TsProxy.Ask a = server.asks("a.example");
    Send sent = server.sent();
    server.answers(sent, positive(sent));
    server.answers(sent, positive(sent));
    server.expectPositive(a, positive(sent));
    server.expectNothing();
    assertThat(server.exchange().unexpected()).isEqualTo(1);
  }

  @Test
  void aServerThatMovesIsAskedOverNewSocketsAndItsOldAnswersStillCount() {
    TsProxy.Ask a = server.asks("a.example");
    Send sent = server.sent();
    InetSocketAddress moved = new InetSocketAddress("192.0.2.99", 53);
    server.happens(() -> server.exchange().onFound(moved));
    assertThat(server.rest())
        .hasSize(SOCKETS)
        .allMatch(
            effect -> effect instanceof Effect.OpenSocket open && open.server().equals(moved));
    TsProxy.Ask b = server.asks("b.example");
    assertThat(server.sent().channel()).isGreaterThan(SOCKETS);
    server.passes(ExchangeFixture.RETRANSMIT);
    Send again = server.sent();
    assertThat(nameOf(again)).isEqualTo("a.example.");
    assertThat(again.channel()).isGreaterThan(SOCKETS);
    assertThat(again.server()).isEqualTo(moved);
    server.rest();
    server.answers(sent, positive(sent));
    server.expectPositive(a, positive(sent));
    server.answers(again, positive(again));
    server.expectNothing();
    server.forgets(b);
    server.passes(Duration.ofSeconds(10));
    assertThat(server.rest().stream().filter(Effect.CloseSocket.class::isInstance))
        .hasSize(SOCKETS)
        .contains(new Effect.CloseSocket(sent.channel()));
  }

  @Test
  void socketsAreReplacedOneByOneWhileTheyAreInUse() {
    for (int i = 0; i < 5; i++) {
      server.asks("a.example");
      Send sent = server.sent();
      server.passes(Duration.ofMillis(100));
      server.answers(sent, positive(sent));
      server.asks("forgotten.example");
      server.passes(Duration.ofMillis(900));
      assertThat(server.rest().contains(new Effect.OpenSocket(SOCKETS + 1, SERVER)))
          .isEqualTo(i == 3);
    }
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < MAX_PENDING / 2; i++) {
      server.asks("b.example");
      Send sent = server.sent();
      used.add(sent.channel());
      server.answers(sent, positive(sent));
      server.rest();
    }
    assertThat(used).containsExactlyInAnyOrder(2, 3, 4, SOCKETS + 1);
  }

  @Test
  void aLateAnswerToAForgottenAskReachesNobody() {
    TsProxy.Ask a = server.asks("a.example");
    Send sent = server.sent();
    server.forgets(a);
    server.forgets(a);
    TsProxy.Ask again = server.asks("a.example");
    Send sentAgain = server.sent();
    server.answers(sent, positive(sent));
    server.expectNothing();
    server.answers(sentAgain, positive(sentAgain));
    server.expectPositive(again, positive(sentAgain));
    assertThat(server.exchange().unexpected()).isZero();
  }

  @Test
  void queriesAreSpreadOverTheSockets() {
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < MAX_PENDING; i++) {
      server.asks("a.example");
      used.add(server.sent().channel());
    }
    assertThat(used).containsExactlyInAnyOrder(1, 2, 3, 4);
  }

  @Test
  void aTextQuestionAsksForAnAddressWithRecursionAndWithoutEdns() {
    server.asks(Question.ofText(DomainName.parse("a.example").orElseThrow()));
    Message text = query(server.sent());
    assertThat(text.getQuestion().getType()).isEqualTo(Type.A);
    assertThat(text.getHeader().getFlag(Flags.RD)).isTrue();
    assertThat(text.getOPT()).isNull();
    server.asks(question("a.example", WITH_EDNS));
    assertThat(query(server.sent()).getOPT()).isNotNull();
  }

  @Test
  void anAskOverTheLimitIsPassedOverUntilOneIsForgotten() {
    ExchangeFixture two = ExchangeFixture.ready(SOCKETS, 2);
    TsProxy.Ask a = two.asks("a.example");
    two.sent();
    two.asks("b.example");
    two.sent();
    two.expectUnheard(two.asks("c.example"), Cause.OVER_BUDGET);
    two.forgets(a);
    TsProxy.Ask d = two.asks("d.example");
    Send sent = two.sent();
    two.answers(sent, positive(sent));
    two.expectPositive(d, positive(sent));
  }

  /** Of the forgotten ones, only half the limit stay; the answers to the others are foreign. */
  @Test
  void forgottenQueriesDoNotPileUp() {
    ExchangeFixture two = ExchangeFixture.ready(1, 2);
    Send[] sent = new Send[4];
    for (int i = 0; i < sent.length; i++) {
      TsProxy.Ask ask = two.asks("a.example");
      sent[i] = two.sent();
      two.forgets(ask);
    }
    for (Send each : sent) {
      two.answers(each, positive(each));
    }
    two.expectNothing();
    assertThat(two.exchange().unexpected()).isEqualTo(3);
  }

  private static Arguments foreign(String what, BiConsumer<Send, ExchangeFixture> arrives) {
    return Arguments.of(what, arrives);
  }

  private static byte[] forged(Send sent) {
    return Responses.positive(query(sent), "203.0.113.66");
  }

  /** An answer to another question under the same id. */
  private static byte[] forged(Send sent, String name, int type) {
    try {
      Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
      query.getHeader().setID(idOf(sent.query()));
      return Responses.positive(query, "203.0.113.66");
    } catch (TextParseException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  private static byte[] withId(byte[] message, int id) {
    message[0] = (byte) (id >> 8);
    message[1] = (byte) id;
    return message;
  }

  private static byte[] withOtherId(byte[] message) {
    message[1] ^= 1;
    return message;
  }

  private static byte[] cut(byte[] response) {
    response[2] |= 2;
    return response;
  }
}
