package firstanswer.upstream.text;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import firstanswer.clock.NanoClock;
import firstanswer.codec.text.Framing;
import firstanswer.config.HostPort;
import firstanswer.config.TextUpstreamSettings;
import firstanswer.config.UpstreamAddress;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.testing.Asks;
import firstanswer.testing.EndMark;
import firstanswer.testing.Peer;
import firstanswer.testing.TextSettings;
import firstanswer.tsproxy.TsProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** The test plays the table server, on a raw socket. */
class TextProxyTest {
  private static final Answer END =
      new Answer.Unheard(Answer.Unheard.Cause.SILENT, "end of the test");
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();
  private static final TextUpstreamSettings SETTINGS = settings(Duration.ofMinutes(1), 1000);

  private final List<ActorRef<?>> proxies = new ArrayList<>();
  private ServerSocket listener;

  @BeforeEach
  void listen() throws Exception {
    listener = Peer.listen();
  }

  @AfterEach
  void close() throws Exception {
    proxies.forEach(TEST_KIT::stop);
    listener.close();
  }

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void pipelinedQueriesGetTheAnswersThatBeginWithTheirNames() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(Framing.LINE, SETTINGS);
    TestProbe<Answer> a = ask(proxy, "a.example");
    TestProbe<Answer> b = ask(proxy, "B.example");
    try (Peer server = Peer.accept(listener)) {
      assertThat(server.receiveLine()).isEqualTo("a.example");
      assertThat(server.receiveLine()).isEqualTo("B.example");
      server.send("b.EXAMPLE 192.0.2.2 A IN\na.exam").send("ple 192.0.2.1 A IN\n");
      b.expectMessage(Answer.Positive.line("b.EXAMPLE 192.0.2.2 A IN"));
      a.expectMessage(Answer.Positive.line("a.example 192.0.2.1 A IN"));
    }
  }

  @Test
  void aQuestionOfAnotherTypeAsksForTheNameAndAHitIsNodata() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(Framing.LINE, SETTINGS);
    TestProbe<Answer> address = ask(proxy, "a.example", Type.A);
    TestProbe<Answer> mail = ask(proxy, "a.example", Type.MX);
    TestProbe<Answer> missing = ask(proxy, "missing.example", Type.AAAA);
    TestProbe<Answer> noHost = ask(proxy, "no\\.host.example", Type.TXT);
    noHost.expectMessage(new Answer.Unheard(Answer.Unheard.Cause.NOT_ASKABLE));
    try (Peer server = Peer.accept(listener)) {
      while (!server.receiveLine().equals("missing.example")) {}
      server.send("a.example 192.0.2.1 A IN\nmissing.example - NOT FOUND\n");
      address.expectMessage(Answer.Positive.line("a.example 192.0.2.1 A IN"));
      mail.expectMessage(Answer.Negative.NODATA);
      missing.expectMessage(new Answer.Unheard(Answer.Unheard.Cause.NOT_ASKABLE));
      EndMark.isNext(mail, END);
    }
  }

  /** The server takes EOF for the end of the conversation. */
  @Test
  void theNameEofIsSentInLowerCase() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(Framing.LINE, SETTINGS);
    TestProbe<Answer> eof = ask(proxy, "EOF", Type.A);
    try (Peer server = Peer.accept(listener)) {
      assertThat(server.receiveLine()).isEqualTo("eof");
      server.send("Eof 192.0.2.1 A IN\n");
      eof.expectMessage(Answer.Positive.line("Eof 192.0.2.1 A IN"));
    }
  }

  @Test
  void anAnswerThatNobodyWaitsForReachesNobody() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(Framing.LINE, SETTINGS);
    TestProbe<Answer> a = ask(proxy, "a.example");
    try (Peer server = Peer.accept(listener)) {
      server.receiveLine();
      server.send("x.example 192.0.2.9 A IN\n\n\u0000\u00ff\nERROR busy\na.example\n");
      server.send("a.example 192.0.2.1 A IN\na.example 192.0.2.2 A IN\n");
      a.expectMessage(Answer.Positive.line("a.example 192.0.2.1 A IN"));
      TestProbe<Answer> b = ask(proxy, "b.example");
      server.receiveLine();
      server.send("b.example 192.0.2.3 A IN\n");
      b.expectMessage(Answer.Positive.line("b.example 192.0.2.3 A IN"));
      TestProbe<Answer> again = ask(proxy, "a.example");
      server.receiveLine();
      server.send("a.example - NOT FOUND\n");
      again.expectMessage(Answer.Negative.NXDOMAIN);
      EndMark.isNext(a, END);
    }
  }

  @Test
  void aLostConnectionIsReopenedAndPendingNamesAreSentAgain() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(Framing.LINE, SETTINGS);
    TestProbe<Answer> a = ask(proxy, "a.example");
    TestProbe<Answer> b = ask(proxy, "b.example");
    try (Peer server = Peer.accept(listener)) {
      server.receiveLine();
      server.send("a.example 192.0.2.1 A IN\nb.example 192.0");
      a.expectMessageClass(Answer.Positive.class);
    }
    try (Peer server = Peer.accept(listener)) {
      assertThat(server.receiveLine()).isEqualTo("b.example");
      server.send("b.example 192.0.2.2 A IN\n");
      b.expectMessage(Answer.Positive.line("b.example 192.0.2.2 A IN"));
    }
  }

  @Test
  void aConnectionThatIsResetIsReopenedEachTime() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(Framing.LINE, SETTINGS);
    TestProbe<Answer> a = ask(proxy, "a.example");
    for (int i = 0; i < 3; i++) {
      try (Peer server = Peer.accept(listener)) {
        server.receiveLine();
        server.reset();
      }
    }
    try (Peer server = Peer.accept(listener)) {
      server.receiveLine();
      server.send("a.example 192.0.2.1 A IN\n");
      a.expectMessageClass(Answer.Positive.class);
    }
  }

  @Test
  void aServerThatIsNotThereYetIsFoundWhenItIs() throws Exception {
    Socket deaf = Peer.deaf();
    int port = deaf.getLocalPort();
    ActorRef<TsProxy.Command> proxy = proxy(upstream(Framing.LINE, port), SETTINGS);
    TestProbe<Answer> a = ask(proxy, "a.example");
    deaf.close();
    try (ServerSocket later = new ServerSocket(port, 50, listener.getInetAddress());
        Peer server = Peer.accept(later)) {
      assertThat(server.receiveLine()).isEqualTo("a.example");
      server.send("a.example 192.0.2.1 A IN\n");
      a.expectMessageClass(Answer.Positive.class);
    }
  }

  @Test
  void aServerThatTalksWithoutEndIsLeftAndCalledAgain() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(Framing.LINE, SETTINGS);
    TestProbe<Answer> a = ask(proxy, "a.example");
    try (Peer server = Peer.accept(listener)) {
      server.send("x".repeat(4000));
      try (Peer again = Peer.accept(listener)) {
        again.receiveLine();
        again.send("a.example 192.0.2.1 A IN\n");
        a.expectMessageClass(Answer.Positive.class);
      }
    }
  }

  @Test
  void aQueryOverTheLimitFailsAtOnce() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(Framing.LINE, settings(SETTINGS.bareGap(), 2));
    ask(proxy, "a.example");
    ask(proxy, "b.example");
    ask(proxy, "c.example").expectMessage(new Answer.Unheard(Answer.Unheard.Cause.OVER_BUDGET));
  }

  @Test
  void aForgottenQueryIsNotSentAndDoesNotCount() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(Framing.BARE, SETTINGS);
    TestProbe<Answer> a = ask(proxy, "a.example");
    TestProbe<Answer> client = TEST_KIT.createTestProbe();
    for (int i = 0; i < 5000; i++) {
      TsProxy.Ask query = resolve(hostName(i), client.getRef());
      proxy.tell(query);
      proxy.tell(new TsProxy.Forget(query.id()));
    }
    TestProbe<Answer> b = ask(proxy, "b.example");
    try (Peer server = Peer.accept(listener)) {
      assertThat(server.receive()).isEqualTo("a.example");
      server.send("a.example 192.0.2.1 A IN");
      assertThat(server.receive()).isEqualTo("b.example");
      server.send("b.example 192.0.2.2 A IN");
      a.expectMessageClass(Answer.Positive.class);
      b.expectMessageClass(Answer.Positive.class);
      EndMark.isNext(client, END);
    }
  }

  @Test
  void aBareServerIsAskedOneNameAtATime() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(Framing.BARE, SETTINGS);
    TestProbe<Answer> a = ask(proxy, "a.example");
    TestProbe<Answer> b = ask(proxy, "b.example");
    try (Peer server = Peer.accept(listener)) {
      assertThat(server.receive()).isEqualTo("a.example");
      server.send("a.example 192.0.2.1 A IN");
      a.expectMessage(Answer.Positive.line("a.example 192.0.2.1 A IN"));
      assertThat(server.receive()).isEqualTo("b.example");
      server.send("b.example 192.0.2.2 A");
      b.expectMessage(Answer.Positive.line("b.example 192.0.2.2 A"));
    }
  }

  @Test
  void aSilentBareServerIsAskedTheNextNameAfterAGap() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(Framing.BARE, withGap(Duration.ofMillis(20)));
    TestProbe<Answer> a = ask(proxy, "a.example");
    TestProbe<Answer> b = ask(proxy, "b.example");
    try (Peer server = Peer.accept(listener)) {
      assertThat(server.receive()).isEqualTo("a.example");
      assertThat(server.receive()).isEqualTo("b.example");
      server.send("a.example 192.0.2.1 A INb.example 192.0.2.2 A IN");
      a.expectMessage(Answer.Positive.line("a.example 192.0.2.1 A IN"));
      b.expectMessage(Answer.Positive.line("b.example 192.0.2.2 A IN"));
    }
  }

  @Test
  void anIdleBareServerIsAskedOnceMoreForANameItMissed() throws Exception {
    ActorRef<TsProxy.Command> proxy = proxy(Framing.BARE, withGap(Duration.ofMillis(10)));
    TestProbe<Answer> a = ask(proxy, "a.example");
    try (Peer server = Peer.accept(listener)) {
      assertThat(server.receive()).isEqualTo("a.example");
      assertThat(server.receive()).isEqualTo("a.example");
      server.send("a.example 192.0.2.1 A IN");
      a.expectMessageClass(Answer.Positive.class);
    }
  }

  /**
   * Before each answer comes a late one; each tenth query is answered only when it is an old one.
   */
  @Test
  void answersThatComeLateReachOnlyTheirOwnName() throws Exception {
    int queries = 1000;
    int names = 40;
    AtomicInteger right = new AtomicInteger();
    Queue<Answer> wrong = new ConcurrentLinkedQueue<>();
    ActorRef<TsProxy.Command> proxy = proxy(Framing.BARE, withGap(Duration.ofMillis(5)));
    try (Peer server = Peer.accept(listener)) {
      for (int i = 0; i < queries; i++) {
        String name = hostName(i % names);
        proxy.tell(resolve(name, TEST_KIT.spawn(clientOf(name, right, wrong))));
        // Names that have not been answered may be asked once more in between, and when this thread
        // is held up for longer than the gap, two come as one.
        assertThat(Stream.generate(() -> received(server)).anyMatch(m -> m.contains(name)))
            .isTrue();
        server.send(hostName((i + names - 3) % names) + " 192.0.2.1 A IN");
        if (i % 10 != 0) {
          server.send(name + " 192.0.2.1 A IN");
        }
      }
    }
    TestProbe<Answer> client = TEST_KIT.createTestProbe();
    client.awaitAssert(() -> assertThat(right).hasValue(queries));
    assertThat(wrong).isEmpty();
  }

  private static String received(Peer server) {
    try {
      return server.receive();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hostName(int number) {
    return "host" + number + ".example";
  }

  private static Behavior<Answer> clientOf(String name, AtomicInteger right, Queue<Answer> wrong) {
    return Behaviors.receiveMessage(
        answer -> {
          if (answer.equals(Answer.Positive.line(name + " 192.0.2.1 A IN"))) {
            right.incrementAndGet();
          } else {
            wrong.add(answer);
          }
          return Behaviors.same();
        });
  }

  private static TextUpstreamSettings withGap(Duration gap) {
    return settings(gap, 100_000);
  }

  private static TextUpstreamSettings settings(Duration gap, int maxPending) {
    return TextSettings.of(gap, maxPending, Duration.ofMillis(10), Duration.ofMillis(50));
  }

  private ActorRef<TsProxy.Command> proxy(Framing framing, TextUpstreamSettings settings) {
    return proxy(upstream(framing), settings);
  }

  private ActorRef<TsProxy.Command> proxy(
      UpstreamAddress.Text upstream, TextUpstreamSettings settings) {
    ActorRef<TsProxy.Command> proxy =
        TEST_KIT.spawn(TextProxy.create(upstream, settings, NanoClock.SYSTEM));
    proxies.add(proxy);
    return proxy;
  }

  private UpstreamAddress.Text upstream(Framing framing) {
    return upstream(framing, listener.getLocalPort());
  }

  private static UpstreamAddress.Text upstream(Framing framing, int port) {
    return new UpstreamAddress.Text("ts", new HostPort("127.0.0.1", port), framing);
  }

  private static TestProbe<Answer> ask(ActorRef<TsProxy.Command> proxy, String name) {
    TestProbe<Answer> client = TEST_KIT.createTestProbe();
    proxy.tell(resolve(name, client.getRef()));
    return client;
  }

  private static TestProbe<Answer> ask(ActorRef<TsProxy.Command> proxy, String name, int type) {
    TestProbe<Answer> client = TEST_KIT.createTestProbe();
    DomainName parsed = DomainName.ofMasterFile(name).orElseThrow();
    Question question = new Question(parsed, type, new Manner.Dns(0, Optional.empty()));
    proxy.tell(Asks.of(question, client.getRef()));
    return client;
  }

  private static TsProxy.Ask resolve(String name, ActorRef<Answer> replyTo) {
    return Asks.of(Question.ofText(DomainName.parse(name).orElseThrow()), replyTo);
  }
}
