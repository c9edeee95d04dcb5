package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import firstanswer.config.DnsUpstreamSettings;
import firstanswer.config.HealthSettings;
import firstanswer.config.HostPort;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.DomainName;
import firstanswer.dns.Edns;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.testing.Asks;
import firstanswer.testing.EndMark;
import firstanswer.testing.FakeUdp;
import firstanswer.testing.FakeUdp.Sent;
import firstanswer.testing.InTestThread;
import firstanswer.testing.Responses;
import firstanswer.tsproxy.TsProxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * The test plays the network, and time passes only when it says so. The proxy handles each message
 * in the thread that sends it, so it has handled all of them when a call of the test returns.
 */
class DnsProxyTest {
  private static final Answer END =
      new Answer.Unheard(Answer.Unheard.Cause.SILENT, "end of the test");
  private static final ActorTestKit TEST_KIT = ActorTestKit.create(InTestThread.virtualTime());
  private static final ManualTime TIME = ManualTime.get(TEST_KIT.system());
  private static final HostPort SERVER = ReadyDnsProxy.SERVER;
  private static final Manner PLAIN = new Manner.Dns(0x0100, Optional.empty());
  private static final Manner WITH_EDNS =
      new Manner.Dns(0x0100, Optional.of(new Edns(0x8000, new byte[0])));
  private static final DnsUpstreamSettings SETTINGS =
      new DnsUpstreamSettings(
          4,
          100,
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          new HealthSettings(2, 5, Duration.ofSeconds(1), Duration.ofSeconds(15), 5));

  private final FakeUdp udp = new FakeUdp();
  private final List<ActorRef<?>> proxies = new ArrayList<>();

  private record Asked(TsProxy.Ask question, TestProbe<Answer> client) {}

  @AfterEach
  void stop() {
    proxies.forEach(TEST_KIT::stop);
  }

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void theAnswerOfTheServerReachesTheClient() throws Exception {
    Asked a = ask(proxy(), "a.example");
    Sent sent = udp.next();
    assertThat(sent.to()).isEqualTo(new InetSocketAddress(SERVER.host(), SERVER.port()));
    assertThat(nameOf(sent)).isEqualTo("a.example.");
    sent.answer(positive(sent));
    a.client().expectMessage(new Answer.Positive(new Content.Message(positive(sent))));
  }

  static Stream<Arguments> foreign() {
    return Stream.of(
        foreign("another id", (sent, udp) -> sent.answer(withOtherId(forged(sent)))),
        foreign("another port", (sent, udp) -> receive(sent, SERVER.host(), 5353)),
        foreign("another address", (sent, udp) -> receive(sent, "192.0.2.54", SERVER.port())),
        foreign("an IPv6 address", (sent, udp) -> receive(sent, "2001:db8::53", SERVER.port())),
        foreign("no address", (sent, udp) -> receiveFrom(sent, unresolved())),
        foreign("another name", (sent, udp) -> sent.answer(forged(sent, "b.example.", Type.A))),
        foreign("another type", (sent, udp) -> sent.answer(forged(sent, "a.example.", Type.AAAA))),
        foreign("nothing", (sent, udp) -> sent.answer(new byte[0])),
        foreign("an id only", (sent, udp) -> sent.answer(Arrays.copyOf(forged(sent), 2))),
        foreign("half a header", (sent, udp) -> sent.answer(Arrays.copyOf(forged(sent), 11))),
        foreign("the query itself", (sent, udp) -> sent.answer(sent.bytes())),
        foreign("another socket", (sent, udp) -> other(sent, udp).receive(forged(sent), sent.to())),
        foreign(
            "cut, other name", (sent, udp) -> sent.answer(cut(forged(sent, "b.example.", Type.A)))),
        foreign("cut, other id", (sent, udp) -> sent.answer(cut(withOtherId(forged(sent))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("foreign")
  void whatIsNoAnswerIsDroppedAndCountedAndTheRightOneStillWins(
      String what, BiConsumer<Sent, FakeUdp> arrives) throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    Asked a = ask(proxy, "a.example");
    Sent sent = udp.next();
    arrives.accept(sent, udp);
    arrives.accept(sent, udp);
    sent.answer(positive(sent));
    a.client().expectMessage(new Answer.Positive(new Content.Message(positive(sent))));
    closeAfterDropping(proxy, 2);
    EndMark.isNext(a.client(), END);
  }

  @Test
  void twoQuestionsNeverGetEachOthersAnswers() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    Asked a = ask(proxy, "a.example");
    Sent first = udp.next();
    Asked b = ask(proxy, "b.example");
    Sent second = udp.next();
    first.answer(withId(positive(second), first.query().getHeader().getID()));
    second.answer(withId(positive(first), second.query().getHeader().getID()));
    second.answer(positive(second));
    first.answer(positive(first));
    b.client().expectMessage(new Answer.Positive(new Content.Message(positive(second))));
    a.client().expectMessage(new Answer.Positive(new Content.Message(positive(first))));
  }

  @Test
  void anAnswerThatComesTwiceCountsOnce() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    Asked a = ask(proxy, "a.example");
    Sent sent = udp.next();
    sent.answer(positive(sent));
    sent.answer(positive(sent));
    a.client().expectMessageClass(Answer.Positive.class);
    closeAfterDropping(proxy, 1);
    EndMark.isNext(a.client(), END);
  }

  @Test
  void whatIsNotAnsweredIsSentOnceMoreAndNoMore() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    Asked a = ask(proxy, "a.example");
    Sent sent = udp.next();
    TIME.timePasses(SETTINGS.retransmitAfter().multipliedBy(9).dividedBy(10));
    assertThat(udp.hasMore()).isFalse();
    TIME.timePasses(SETTINGS.retransmitAfter().dividedBy(5));
    assertThat(udp.next()).isEqualTo(sent);
    TIME.timePasses(SETTINGS.retransmitAfter().multipliedBy(3));
    while (udp.hasMore()) {
      assertThat(nameOf(udp.next())).as("a probe").isEqualTo(".");
    }
    sent.answer(positive(sent));
    a.client().expectMessageClass(Answer.Positive.class);
  }

  @Test
  void onlyWhatIsStillWaitedForIsSentOnceMore() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    Asked answered = ask(proxy, "answered.example");
    Sent sent = udp.next();
    sent.answer(positive(sent));
    answered.client().expectMessageClass(Answer.Positive.class);
    proxy.tell(new TsProxy.Forget(ask(proxy, "forgotten.example").question().id()));
    udp.next();
    ask(proxy, "waits.example");
    udp.next();
    TIME.timePasses(SETTINGS.retransmitAfter().multipliedBy(2));
    assertThat(nameOf(udp.next())).isEqualTo("waits.example.");
    ask(proxy, "next.example");
    assertThat(nameOf(udp.next())).isEqualTo("next.example.");
  }

  @Test
  void whatHasBeenAnsweredKeepsNothingFromBeingSentOnceMore() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(withMaxPending(2));
    for (int i = 0; i < 10; i++) {
      Asked answered = ask(proxy, "answered.example");
      Sent sent = udp.next();
      sent.answer(positive(sent));
      answered.client().expectMessageClass(Answer.Positive.class);
    }
    ask(proxy, "waits.example");
    Sent sent = udp.next();
    TIME.timePasses(SETTINGS.retransmitAfter().multipliedBy(2));
    assertThat(udp.next()).isEqualTo(sent);
  }

  @Test
  void aLateAnswerToAForgottenQuestionReachesNobody() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    Asked a = ask(proxy, "a.example");
    Sent sent = udp.next();
    proxy.tell(new TsProxy.Forget(a.question().id()));
    proxy.tell(new TsProxy.Forget(a.question().id()));
    Asked again = ask(proxy, "a.example");
    Sent sentAgain = udp.next();
    sent.answer(positive(sent));
    sentAgain.answer(positive(sentAgain));
    again.client().expectMessage(new Answer.Positive(new Content.Message(positive(sentAgain))));
    EndMark.isNext(a.client(), END);
  }

  @Test
  void whatIsForgottenMakesRoom() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(withMaxPending(2));
    Asked a = ask(proxy, "a.example");
    udp.next();
    ask(proxy, "b.example");
    udp.next();
    ask(proxy, "c.example")
        .client()
        .expectMessage(new Answer.Unheard(Answer.Unheard.Cause.OVER_BUDGET));
    proxy.tell(new TsProxy.Forget(a.question().id()));
    Asked d = ask(proxy, "d.example");
    Sent sent = udp.next();
    sent.answer(positive(sent));
    d.client().expectMessageClass(Answer.Positive.class);
  }

  @Test
  void aHostThatIsUnknownFails() {
    ActorRef<TsProxy.Command> proxy = early(new HostPort("no..name", 53), SETTINGS);
    ask(proxy, "a.example")
        .client()
        .expectMessage(new Answer.Unheard(Answer.Unheard.Cause.HOST_UNKNOWN));
    ask(proxy, "b.example")
        .client()
        .expectMessage(new Answer.Unheard(Answer.Unheard.Cause.HOST_UNKNOWN));
    assertThat(udp.hasMore()).isFalse();
  }

  @Test
  void questionsWaitUntilTheSocketsAreOpen() throws Exception {
    udp.held();
    ActorRef<TsProxy.Command> proxy = early(SERVER, SETTINGS);
    Asked a = ask(proxy, "a.example");
    Asked b = ask(proxy, "b.example");
    proxy.tell(new TsProxy.Forget(b.question().id()));
    sockets().get(0).failToOpen();
    sockets().forEach(FakeUdp.Socket::open);
    Sent sent = udp.next();
    sent.answer(positive(sent));
    a.client().expectMessageClass(Answer.Positive.class);
    EndMark.isNext(b.client(), END);
  }

  @Test
  void whatIsForgottenBeforeItWasSentIsNeverSentAndMakesRoom() throws Exception {
    udp.held();
    ActorRef<TsProxy.Command> proxy = early(SERVER, withMaxPending(2));
    Asked a = ask(proxy, "a.example");
    Asked b = ask(proxy, "b.example");
    ask(proxy, "c.example")
        .client()
        .expectMessage(new Answer.Unheard(Answer.Unheard.Cause.OVER_BUDGET));
    proxy.tell(new TsProxy.Forget(a.question().id()));
    proxy.tell(new TsProxy.Forget(b.question().id()));
    ask(proxy, "d.example");
    ask(proxy, "e.example");
    sockets().forEach(FakeUdp.Socket::open);
    assertThat(List.of(nameOf(udp.next()), nameOf(udp.next())))
        .containsExactlyInAnyOrder("d.example.", "e.example.");
  }

  @Test
  void withoutAnySocketEveryQuestionFails() {
    udp.held();
    ActorRef<TsProxy.Command> proxy = early(SERVER, SETTINGS);
    Asked a = ask(proxy, "a.example");
    sockets().forEach(FakeUdp.Socket::failToOpen);
    a.client().expectMessage(new Answer.Unheard(Answer.Unheard.Cause.UNREACHABLE, "no socket"));
    ask(proxy, "b.example")
        .client()
        .expectMessage(new Answer.Unheard(Answer.Unheard.Cause.UNREACHABLE, "no socket"));
  }

  @Test
  void aTextQuestionAsksForAnAddressWithRecursionAndWithoutEdns() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    ask(proxy, Question.ofText(DomainName.parse("a.example").orElseThrow()));
    Message text = udp.next().query();
    assertThat(text.getQuestion().getType()).isEqualTo(Type.A);
    assertThat(text.getHeader().getFlag(Flags.RD)).isTrue();
    assertThat(text.getOPT()).isNull();
    ask(proxy, question("a.example", WITH_EDNS));
    assertThat(udp.next().query().getOPT()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.FORMERR, Rcode.NOTIMP})
  void aServerThatRejectsEdnsIsAskedWithoutAndWhatItSaysThenCounts(int rcode) throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    Asked a = ask(proxy, question("a.example", WITH_EDNS));
    Sent sent = udp.next();
    sent.answer(Responses.failure(sent.query(), rcode));
    Sent plain = udp.next();
    assertThat(plain.socket()).isSameAs(sent.socket());
    assertThat(plain.query().getQuestion()).isEqualTo(sent.query().getQuestion());
    assertThat(plain.query().getHeader().getID()).isNotEqualTo(sent.query().getHeader().getID());
    assertThat(plain.query().getOPT()).isNull();
    // Late, and under the old id.
    sent.answer(Responses.failure(sent.query(), rcode));
    sent.answer(positive(sent));
    plain.answer(positive(plain));
    a.client().expectMessage(new Answer.Positive(new Content.Message(positive(plain))));
    closeAfterDropping(proxy, 2);
  }

  @Test
  void aServerThatRejectsMoreThanEdnsHasFailed() throws Exception {
    Asked a = ask(proxy(), question("a.example", WITH_EDNS));
    Sent sent = udp.next();
    sent.answer(Responses.failure(sent.query(), Rcode.NOTIMP));
    Sent plain = udp.next();
    plain.answer(Responses.failure(plain.query(), Rcode.NOTIMP));
    assertThat(a.client().expectMessageClass(Answer.Failure.class).says(Rcode.NOTIMP)).isTrue();
    assertThat(udp.hasMore()).isFalse();
  }

  @Test
  void whatHasNoEdnsOrFailsOtherwiseIsNotAskedAgain() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    Asked plain = ask(proxy, "a.example");
    Sent sent = udp.next();
    sent.answer(Responses.failure(sent.query(), Rcode.FORMERR));
    plain.client().expectMessageClass(Answer.Failure.class);
    Asked refused = ask(proxy, question("a.example", WITH_EDNS));
    sent = udp.next();
    sent.answer(Responses.failure(sent.query(), Rcode.REFUSED));
    refused.client().expectMessageClass(Answer.Failure.class);
    assertThat(udp.hasMore()).isFalse();
  }

  @Test
  void theQuestionWithoutEdnsIsSentOnceMoreTooIfNothingComes() throws Exception {
    ask(proxy(), question("a.example", WITH_EDNS));
    Sent sent = udp.next();
    sent.answer(Responses.failure(sent.query(), Rcode.FORMERR));
    Sent plain = udp.next();
    TIME.timePasses(SETTINGS.retransmitAfter().multipliedBy(2));
    assertThat(udp.next()).isEqualTo(plain);
    assertThat(udp.hasMore()).isFalse();
  }

  @Test
  void questionsAreSpreadOverTheSockets() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    List<FakeUdp.Socket> used = new ArrayList<>();
    for (int i = 0; i < SETTINGS.maxPending(); i++) {
      ask(proxy, "a.example");
      used.add(udp.next().socket());
    }
    assertThat(used).containsAll(udp.sockets());
    assertThat(udp.sockets()).hasSize(SETTINGS.sockets());
  }

  @Test
  void closeClosesTheSockets() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    ask(proxy, "a.example");
    udp.next();
    proxy.tell(TsProxy.Close.CLOSE);
    TEST_KIT.createTestProbe().expectTerminated(proxy);
    for (FakeUdp.Socket socket : udp.sockets()) {
      socket.closed().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void socketsThatOpenWhenTheProxyHasStoppedAreClosed() throws Exception {
    udp.held();
    ActorRef<TsProxy.Command> proxy = early(SERVER, SETTINGS);
    List<FakeUdp.Socket> sockets = sockets();
    sockets.get(0).open();
    proxy.tell(TsProxy.Close.CLOSE);
    TEST_KIT.createTestProbe().expectTerminated(proxy);
    sockets.forEach(FakeUdp.Socket::open);
    for (FakeUdp.Socket socket : sockets) {
      socket.closed().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void howeverTheProxyStopsItsSocketsAreClosed() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    List<FakeUdp.Socket> sockets = sockets();
    TEST_KIT.stop(proxy);
    for (FakeUdp.Socket socket : sockets) {
      socket.closed().get(10, TimeUnit.SECONDS);
    }
  }

  /** All ask the same for the same client; answered from the last to the first. */
  @Test
  void manyThatWaitCostNoMoreThanFewForEach() throws Exception {
    int many = 20_000;
    ActorRef<TsProxy.Command> proxy = proxy(withMaxPending(many));
    TestProbe<Answer> client = TEST_KIT.createTestProbe();
    long start = System.nanoTime();
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      proxy.tell(Asks.of(question("a.example", PLAIN), client.getRef()));
    }
    for (int i = 0; i < many; i++) {
      sent.add(udp.next());
    }
    Collections.reverse(sent);
    sent.forEach(each -> each.answer(positive(each)));
    client.receiveSeveralMessages(many, Duration.ofSeconds(30));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  private static Arguments foreign(String what, BiConsumer<Sent, FakeUdp> arrives) {
    return Arguments.of(what, arrives);
  }

  private static void receive(Sent sent, String fromHost, int fromPort) {
    receiveFrom(sent, new InetSocketAddress(fromHost, fromPort));
  }

  private static void receiveFrom(Sent sent, InetSocketAddress from) {
    sent.socket().receive(forged(sent), from);
  }

  private static InetSocketAddress unresolved() {
    return InetSocketAddress.createUnresolved(SERVER.host(), SERVER.port());
  }

  private static FakeUdp.Socket other(Sent sent, FakeUdp udp) {
    return udp.sockets().stream().filter(s -> s != sent.socket()).findAny().orElseThrow();
  }

  private static String nameOf(Sent sent) {
    return sent.query().getQuestion().getName().toString();
  }

  private static byte[] positive(Sent sent) {
    return Responses.positive(sent.query(), "192.0.2.1");
  }

  private static byte[] forged(Sent sent) {
    return Responses.positive(sent.query(), "203.0.113.66");
  }

  /** As an answer to another question under the same id. */
  private static byte[] forged(Sent sent, String name, int type) {
    try {
      Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
      query.getHeader().setID(sent.query().getHeader().getID());
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

  private ActorRef<TsProxy.Command> proxy() throws InterruptedException {
    return proxy(SETTINGS);
  }

  private ActorRef<TsProxy.Command> proxy(DnsUpstreamSettings settings)
      throws InterruptedException {
    ActorRef<TsProxy.Command> proxy = ReadyDnsProxy.start(TEST_KIT, udp, settings);
    proxies.add(proxy);
    return proxy;
  }

  /** One that may not serve yet. */
  private ActorRef<TsProxy.Command> early(HostPort server, DnsUpstreamSettings settings) {
    ActorRef<TsProxy.Command> proxy = ReadyDnsProxy.begin(TEST_KIT, udp, server, settings);
    proxies.add(proxy);
    return proxy;
  }

  private static DnsUpstreamSettings withMaxPending(int maxPending) {
    return new DnsUpstreamSettings(
        SETTINGS.sockets(),
        maxPending,
        SETTINGS.retransmitAfter(),
        SETTINGS.connectTimeout(),
        SETTINGS.idleTimeout(),
        SETTINGS.resolveInterval(),
        new HealthSettings(2, 5, Duration.ofSeconds(1), Duration.ofSeconds(15), 5));
  }

  private static Asked ask(ActorRef<TsProxy.Command> proxy, String name) {
    return ask(proxy, question(name, PLAIN));
  }

  private static Asked ask(ActorRef<TsProxy.Command> proxy, Question question) {
    TestProbe<Answer> client = TEST_KIT.createTestProbe();
    TsProxy.Ask resolve = Asks.of(question, client.getRef());
    proxy.tell(resolve);
    return new Asked(resolve, client);
  }

  private static Question question(String name, Manner manner) {
    return new Question(DomainName.parse(name).orElseThrow(), Type.A, manner);
  }

  /** The sockets, when the proxy has asked for all of them. */
  private List<FakeUdp.Socket> sockets() {
    TEST_KIT
        .createTestProbe()
        .awaitAssert(
            () -> {
              assertThat(udp.sockets()).hasSize(SETTINGS.sockets());
              return null;
            });
    return udp.sockets();
  }

  private static void closeAfterDropping(ActorRef<TsProxy.Command> proxy, int dropped) {
    LoggingTestKit.info("ns: " + dropped + " late or foreign answers dropped")
        .expect(
            TEST_KIT.system(),
            () -> {
              proxy.tell(TsProxy.Close.CLOSE);
              return null;
            });
  }
}
