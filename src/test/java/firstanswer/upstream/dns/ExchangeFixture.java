package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.config.DnsUpstreamSettings;
import firstanswer.config.HealthSettings;
import firstanswer.config.QuestionCase;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.DomainName;
import firstanswer.dns.Edns;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.dns.message.RawMessage;
import firstanswer.testing.Asks;
import firstanswer.testing.Responses;
import firstanswer.tsproxy.TsProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.function.Supplier;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** An {@link Exchange} and the effects that the test has not looked at yet. */
final class ExchangeFixture {
  static final Duration RETRANSMIT = Duration.ofMillis(200);
  static final Duration DOWN_AFTER = Duration.ofMillis(2500);
  private static final Duration TICK = Duration.ofMillis(50);
  static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.53", 53);
  static final Manner PLAIN = new Manner.Dns(0x0100, Optional.empty());
  static final Manner WITH_EDNS =
      new Manner.Dns(0x0100, Optional.of(new Edns(0x8000, new byte[0])));
  private final Exchange exchange;
  private final int sockets;
  private final Queue<Effect> effects = new ArrayDeque<>();
  private boolean isReady;

  ExchangeFixture(int sockets, int maxPending) {
    this(sockets, maxPending, QuestionCase.KEPT);
  }

  private ExchangeFixture(int sockets, int maxPending, QuestionCase questionCase) {
    this.sockets = sockets;
    HealthSettings health =
        new HealthSettings(2, DOWN_AFTER, Duration.ofSeconds(1), Duration.ofSeconds(15), 1);
    Duration second = Duration.ofSeconds(1);
    this.exchange =
        new Exchange(
            new DnsUpstreamSettings(
                sockets,
                maxPending,
                RETRANSMIT,
                second,
                second,
                second,
                second,
                health,
                questionCase),
            new RandomIds(),
            new Random(1));
  }

  /** The sockets are open and the server's address is known. */
  static ExchangeFixture ready(int sockets, int maxPending) {
    return new ExchangeFixture(sockets, maxPending).becomesReady();
  }

  /** The same, and questions have letters of random case. */
  static ExchangeFixture readyWithMixedCase() {
    return new ExchangeFixture(1, 100, QuestionCase.MIXED).becomesReady();
  }

  private ExchangeFixture becomesReady() {
    happens(() -> exchange.onFound(SERVER));
    open();
    rest();
    isReady = true;
    return this;
  }

  static TsProxy.Ask ask(String name) {
    return ask(question(name, PLAIN));
  }

  /** No exchange looks at the reference to the asker, so there is none. */
  static TsProxy.Ask ask(Question question) {
    return Asks.of(question, null);
  }

  static Question question(String name, Manner manner) {
    return new Question(DomainName.parse(name).orElseThrow(), Type.A, manner);
  }

  Exchange exchange() {
    return exchange;
  }

  void open() {
    for (int channel = 1; channel <= sockets; channel++) {
      int number = channel;
      happens(() -> exchange.onOpened(number));
    }
  }

  /** Sockets that are to open do so at once when the fixture is ready. */
  void happens(Supplier<List<Effect>> event) {
    List<Effect> caused = event.get();
    effects.addAll(caused);
    if (isReady) {
      for (Effect effect : caused) {
        if (effect instanceof Effect.OpenSocket open) {
          effects.addAll(exchange.onOpened(open.channel()));
        }
      }
    }
  }

  TsProxy.Ask asks(String name) {
    return asks(question(name, PLAIN));
  }

  TsProxy.Ask asks(Question question) {
    TsProxy.Ask ask = ask(question);
    happens(() -> exchange.onAsk(ask));
    return ask;
  }

  void forgets(TsProxy.Ask ask) {
    happens(() -> exchange.onForget(ask.id()));
  }

  /** The message arrives as it should: over the channel of the query, from the server. */
  void answers(Effect.Send sent, byte[] message) {
    arrives(sent.channel(), message);
  }

  void arrives(int channel, byte[] message) {
    happens(() -> exchange.onDatagram(channel, new RawMessage(message)));
  }

  void arrivesOverTcp(byte[] message) {
    happens(() -> exchange.onTcpMessage(new RawMessage(message)));
  }

  /** That much time passes, and nothing arrives. */
  void passes(Duration time) {
    for (long i = 0; i < time.dividedBy(TICK); i++) {
      List<Effect> begun = exchange.onTick();
      assertThat(begun).hasSize(1).hasOnlyElementsOfType(Effect.HandleQueueFirst.class);
      long tick = ((Effect.HandleQueueFirst) begun.get(0)).tick();
      happens(() -> exchange.onTickHandled(tick));
    }
  }

  /** The next effect of that type; up front, only timers and sockets may begin and end. */
  <T extends Effect> T next(Class<T> type) {
    Effect next = effects.remove();
    while (isTimer(next) && !type.isInstance(next)) {
      next = effects.remove();
    }
    assertThat(next).isInstanceOf(type);
    return type.cast(next);
  }

  private static boolean isTimer(Effect effect) {
    return effect instanceof Effect.StartTicks
        || effect instanceof Effect.StopTicks
        || effect instanceof Effect.StartProbeTimer
        || effect instanceof Effect.StopProbeTimer
        || effect instanceof Effect.OpenSocket
        || effect instanceof Effect.CloseSocket;
  }

  Effect.Send sent() {
    return next(Effect.Send.class);
  }

  void expectReply(TsProxy.Ask ask, Answer answer) {
    assertThat(next(Effect.Reply.class)).isEqualTo(new Effect.Reply(ask, answer));
  }

  /** The asker gets that message as a positive answer. */
  void expectPositive(TsProxy.Ask ask, byte[] message) {
    expectReply(ask, new Answer.Positive(new Content.Message(message)));
  }

  void expectUnheard(TsProxy.Ask ask, Answer.Unheard.Cause cause) {
    expectReply(ask, new Answer.Unheard(cause));
  }

  /** The names of all queries that are sent, when no effect of another kind is left. */
  List<String> sentNames() {
    effects.removeIf(ExchangeFixture::isTimer);
    assertThat(effects).allMatch(Effect.Send.class::isInstance);
    List<String> names = effects.stream().map(effect -> nameOf((Effect.Send) effect)).toList();
    effects.clear();
    return names;
  }

  /** Nothing but timers is left. */
  void expectNothing() {
    effects.removeIf(ExchangeFixture::isTimer);
    assertThat(effects).isEmpty();
  }

  /** All effects that are left, in order. */
  List<Effect> rest() {
    List<Effect> rest = List.copyOf(effects);
    effects.clear();
    return rest;
  }

  static Message query(RawMessage query) {
    try {
      return new Message(query.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Message query(Effect.Send sent) {
    return query(sent.query());
  }

  static String nameOf(Effect.Send sent) {
    return query(sent).getQuestion().getName().toString();
  }

  static int idOf(RawMessage query) {
    return query(query).getHeader().getID();
  }

  static byte[] positive(Effect.Send sent) {
    return positive(sent.query());
  }

  static byte[] positive(RawMessage query) {
    return Responses.positive(query(query), "192.0.2.1");
  }
}
