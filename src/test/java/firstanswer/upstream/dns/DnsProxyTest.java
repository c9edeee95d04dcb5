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
import firstanswer.config.QuestionCase;
import firstanswer.config.UpstreamAddress;
import firstanswer.congestion.Congestion;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.testing.Asks;
import firstanswer.testing.DnsPeer;
import firstanswer.testing.EndMark;
import firstanswer.testing.FakeUdp;
import firstanswer.testing.FakeUdp.Sent;
import firstanswer.testing.InTestThread;
import firstanswer.testing.Peer;
import firstanswer.testing.Responses;
import firstanswer.tsproxy.TsProxy;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** The test plays the network, and time passes only when it says so. */
class DnsProxyTest {
  private static final Answer END =
      new Answer.Unheard(Answer.Unheard.Cause.SILENT, "end of the test");
  private static final ActorTestKit TEST_KIT = ActorTestKit.create(InTestThread.virtualTime());
  private static final ManualTime TIME = ManualTime.get(TEST_KIT.system());
  private static final HostPort SERVER = new HostPort("192.0.2.53", 53);
  private static final Manner PLAIN = new Manner.Dns(0x0100, Optional.empty());
  private static final DnsUpstreamSettings SETTINGS =
      new DnsUpstreamSettings(
          4,
          100,
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          new HealthSettings(
              2, Duration.ofMillis(2500), Duration.ofSeconds(1), Duration.ofSeconds(15), 5),
          QuestionCase.KEPT);

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

  /** The others are in {@link ExchangeTest}; here the sockets tell where a message came from. */
  @Test
  void foreignMessagesAreCountedAndTheRightOneStillWins() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    Asked a = ask(proxy, "a.example");
    Sent sent = udp.next();
    sent.answer(withOtherId(forged(sent)));
    udp.sockets().stream()
        .filter(socket -> socket != sent.socket())
        .forEach(socket -> socket.receive(forged(sent), sent.to()));
    sent.answer(positive(sent));
    a.client().expectMessage(new Answer.Positive(new Content.Message(positive(sent))));
    closeAfterDropping(proxy, SETTINGS.sockets());
    EndMark.isNext(a.client(), END);
  }

  @Test
  void anOversizedDatagramIsTakenForATruncatedAnswer() throws Exception {
    try (ServerSocket tcp = Peer.listen()) {
      Asked a = ask(spawn(new HostPort("127.0.0.1", tcp.getLocalPort()), SETTINGS), "a.example");
      Sent sent = udp.next();
      sent.answer(Arrays.copyOf(forged(sent), 4097));
      try (DnsPeer server = DnsPeer.accept(tcp)) {
        byte[] whole = Responses.positive(server.receive(), "192.0.2.1");
        server.send(whole);
        a.client().expectMessage(new Answer.Positive(new Content.Message(whole)));
      }
    }
  }

  @Test
  void aQueryWithoutAnswerGoesOutThreeTimesMoreAndNoMore() throws Exception {
    ActorRef<TsProxy.Command> proxy = ReadyDnsProxy.start(TEST_KIT, udp, SETTINGS);
    proxies.add(proxy);
    Asked a = ask(proxy, "a.example");
    Sent sent = udp.next();
    TIME.timePasses(SETTINGS.retransmitMin().dividedBy(2));
    assertThat(udp.hasMore()).isFalse();
    TIME.timePasses(SETTINGS.retransmitMin().multipliedBy(7));
    int again = 0;
    while (udp.hasMore()) {
      again += udp.next().query().getQuestion().equals(sent.query().getQuestion()) ? 1 : 0;
    }
    assertThat(again).isEqualTo(3);
    TIME.timePasses(SETTINGS.retransmitMax().multipliedBy(3));
    while (udp.hasMore()) {
      assertThat(nameOf(udp.next())).as("a probe").isEqualTo(".");
    }
    sent.answer(positive(sent));
    a.client().expectMessageClass(Answer.Positive.class);
  }

  @Test
  void anAskOfAnUnknownHostFails() {
    ActorRef<TsProxy.Command> proxy = spawn(new HostPort("no..name", 53), SETTINGS);
    ask(proxy, "a.example")
        .client()
        .expectMessage(new Answer.Unheard(Answer.Unheard.Cause.HOST_UNKNOWN));
    ask(proxy, "b.example")
        .client()
        .expectMessage(new Answer.Unheard(Answer.Unheard.Cause.HOST_UNKNOWN));
    assertThat(udp.hasMore()).isFalse();
  }

  @Test
  void asksWaitUntilTheSocketsAreOpen() throws Exception {
    udp.held();
    ActorRef<TsProxy.Command> proxy = proxy();
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
  void withoutAnySocketEveryAskFails() {
    udp.held();
    ActorRef<TsProxy.Command> proxy = proxy();
    Asked a = ask(proxy, "a.example");
    sockets().forEach(FakeUdp.Socket::failToOpen);
    a.client()
        .expectMessage(new Answer.Unheard(Answer.Unheard.Cause.UNREACHABLE, "no socket left"));
    ask(proxy, "b.example")
        .client()
        .expectMessage(new Answer.Unheard(Answer.Unheard.Cause.UNREACHABLE, "no socket left"));
  }

  @Test
  void closeClosesTheSockets() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    ask(proxy, "a.example");
    udp.next();
    proxy.tell(TsProxy.Close.CLOSE);
    TEST_KIT.createTestProbe().expectTerminated(proxy);
    expectClosed(udp.sockets());
  }

  @Test
  void socketsThatOpenAfterTheProxyHasStoppedAreClosed() throws Exception {
    udp.held();
    ActorRef<TsProxy.Command> proxy = proxy();
    List<FakeUdp.Socket> sockets = sockets();
    sockets.get(0).open();
    proxy.tell(TsProxy.Close.CLOSE);
    TEST_KIT.createTestProbe().expectTerminated(proxy);
    sockets.forEach(FakeUdp.Socket::open);
    expectClosed(sockets);
  }

  @Test
  void aProxyThatIsStoppedClosesItsSockets() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy();
    List<FakeUdp.Socket> sockets = sockets();
    TEST_KIT.stop(proxy);
    expectClosed(sockets);
  }

  /** All ask the same question for the same client. */
  @Test
  void eachOfManyPendingQueriesCostsAsMuchAsOneOfFew() throws Exception {
    // As many datagrams as may wait for the proxy at a time.
    int many = 16_000;
    ActorRef<TsProxy.Command> proxy = proxy(withMaxPending(many));
    TestProbe<Answer> client = TEST_KIT.createTestProbe();
    long start = System.nanoTime();
    for (int i = 0; i < many; i++) {
      proxy.tell(Asks.of(question("a.example", PLAIN), client.getRef()));
    }
    for (int i = 0; i < many; i++) {
      Sent sent = udp.next();
      sent.answer(positive(sent));
    }
    client.receiveSeveralMessages(many, Duration.ofSeconds(30));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
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

  private static byte[] withOtherId(byte[] message) {
    message[1] ^= 1;
    return message;
  }

  private ActorRef<TsProxy.Command> proxy() {
    return proxy(SETTINGS);
  }

  private ActorRef<TsProxy.Command> proxy(DnsUpstreamSettings settings) {
    return spawn(SERVER, settings);
  }

  private ActorRef<TsProxy.Command> spawn(HostPort server, DnsUpstreamSettings settings) {
    ActorRef<TsProxy.Command> proxy =
        TEST_KIT.spawn(
            DnsProxy.create(
                new UpstreamAddress.Dns("ns", server), settings, udp, new Congestion()));
    proxies.add(proxy);
    return proxy;
  }

  private static DnsUpstreamSettings withMaxPending(int maxPending) {
    return new DnsUpstreamSettings(
        SETTINGS.sockets(),
        maxPending,
        SETTINGS.retransmitMin(),
        SETTINGS.retransmitMax(),
        SETTINGS.connectTimeout(),
        SETTINGS.idleTimeout(),
        SETTINGS.resolveInterval(),
        SETTINGS.health(),
        QuestionCase.KEPT);
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

  private static void expectClosed(List<FakeUdp.Socket> sockets) throws Exception {
    for (FakeUdp.Socket socket : sockets) {
      socket.closed().get(10, TimeUnit.SECONDS);
    }
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
