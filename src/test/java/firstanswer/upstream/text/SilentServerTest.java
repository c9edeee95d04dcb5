package firstanswer.upstream.text;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp;
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.TextMessage;
import firstanswer.config.HostPort;
import firstanswer.config.TextUpstreamSettings;
import firstanswer.config.UpstreamAddress;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.resolver.Health;
import firstanswer.resolver.Query;
import firstanswer.resolver.UpstreamId;
import firstanswer.testing.Asks;
import firstanswer.testing.EndMark;
import firstanswer.testing.InTestThread;
import firstanswer.testing.TextSettings;
import firstanswer.tsproxy.TsProxy;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A server whose host vanishes without closing the connection, in virtual time. The test plays the
 * server: it makes each connection, sees what is sent, and makes each probe succeed or fail.
 */
class SilentServerTest {
  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final TextUpstreamSettings SETTINGS =
      TextSettings.of(Duration.ofMillis(50), 100, Duration.ofMillis(100), A_SECOND);
  private static final Set<Query.Protocol> TEXT = EnumSet.of(Query.Protocol.TEXT);
  private static final TsProxy.HealthChanged END =
      new TsProxy.HealthChanged(new UpstreamId("end of the test"), TEXT, Health.UP);

  /** A connection that the proxy makes. */
  private record Call(
      CompletableFuture<Tcp.OutgoingConnection> made,
      LinkedBlockingQueue<String> received,
      CompletableFuture<TextMessage> answer) {
    void accept() {
      InetAddress here = InetAddress.getLoopbackAddress();
      made.complete(
          new Tcp.OutgoingConnection(
              new akka.stream.scaladsl.Tcp.OutgoingConnection(
                  new InetSocketAddress(here, 53), new InetSocketAddress(here, 40_000))));
    }
  }

  private static final ActorTestKit TEST_KIT = ActorTestKit.create(InTestThread.virtualTime());

  private final ManualTime time = ManualTime.get(TEST_KIT.system());
  private final AtomicLong nanos = new AtomicLong();
  private final LinkedBlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<CompletableFuture<Done>> probes = new LinkedBlockingQueue<>();
  private final TestProbe<TsProxy.HealthChanged> watcher = TEST_KIT.createTestProbe();
  private final TestProbe<Answer> client = TEST_KIT.createTestProbe();
  private boolean mayBeProbed = true;
  private ActorRef<TsProxy.Command> proxy;

  private final TextServer server =
      new TextServer() {
        @Override
        public String name() {
          return "ts";
        }

        @Override
        public Flow<String, TextMessage, CompletionStage<Tcp.OutgoingConnection>> connection() {
          Call call =
              new Call(
                  new CompletableFuture<>(),
                  new LinkedBlockingQueue<>(),
                  new CompletableFuture<>());
          calls.add(call);
          return Flow.fromSinkAndSource(
                  Sink.<String>foreach(call.received()::add),
                  Source.completionStage(call.answer()).concat(Source.never()))
              .mapMaterializedValue(unused -> call.made());
        }

        @Override
        public CompletionStage<Done> probe() {
          CompletableFuture<Done> probe = new CompletableFuture<>();
          probes.add(probe);
          return probe;
        }

        @Override
        public boolean mayBeProbed() {
          return mayBeProbed;
        }
      };

  @BeforeEach
  void start() throws Exception {
    UpstreamAddress.Text address =
        new UpstreamAddress.Text("ts", new HostPort("192.0.2.1", 53), Framing.LINE);
    proxy = TEST_KIT.spawn(TextProxy.create(address, SETTINGS, nanos::get, server));
    proxy.tell(new TsProxy.Watch(watcher.getRef(), TEXT));
  }

  @AfterEach
  void stop() {
    TEST_KIT.stop(proxy);
  }

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void hostThatIsGoneIsKnownWithinThreeSeconds() throws Exception {
    Call first = acceptedCall();
    ask("a.example");
    assertThat(next(first.received())).isEqualTo("a.example");
    pass(999);
    assertThat(probes).isEmpty();
    pass(1);
    CompletableFuture<Done> probe = nextProbe();
    pass(1200);
    probe.completeExceptionally(new NoRouteToHostException("no route"));
    Call second = next(calls);
    pass(499);
    EndMark.isNext(watcher, END);
    pass(1);
    assertThat(watcher.receiveMessage().health())
        .isEqualTo(
            new Health(
                Health.State.DOWN,
                "no connection: silent, and another connection fails: no route"));
    second.accept();
    assertThat(watcher.receiveMessage().health()).isEqualTo(Health.UP);
    assertThat(next(second.received())).isEqualTo("a.example");
    second.answer().complete(new TextMessage("a.example 192.0.2.1 A IN", Framing.LINE));
    client.expectMessage(Answer.Positive.line("a.example 192.0.2.1 A IN"));
  }

  @Test
  void serverThatIsOnlySilentKeepsItsConnection() throws Exception {
    Call call = acceptedCall();
    ask("a.example");
    next(call.received());
    pass(1000);
    nextProbe().complete(Done.getInstance());
    ask("b.example");
    assertThat(next(call.received())).isEqualTo("b.example");
    assertThat(calls).isEmpty();
    pass(1000);
    nextProbe().completeExceptionally(new ConnectException("Connection refused"));
    ask("c.example");
    assertThat(next(call.received())).isEqualTo("c.example");
    assertThat(calls).isEmpty();
    EndMark.isNext(watcher, END);
  }

  @Test
  void answerWhileTheProbeRunsKeepsTheConnection() throws Exception {
    Call call = acceptedCall();
    ask("a.example");
    next(call.received());
    pass(1000);
    CompletableFuture<Done> probe = nextProbe();
    call.answer().complete(new TextMessage("a.example 192.0.2.1 A IN", Framing.LINE));
    client.expectMessageClass(Answer.Positive.class);
    probe.completeExceptionally(new NoRouteToHostException("no route"));
    ask("b.example");
    assertThat(next(call.received())).isEqualTo("b.example");
    assertThat(calls).isEmpty();
  }

  @Test
  void serverThatAnswersOrIsNotAskedIsNotProbed() throws Exception {
    Call call = acceptedCall();
    pass(10_000);
    assertThat(probes).isEmpty();
    ask("a.example");
    next(call.received());
    pass(900);
    call.answer().complete(new TextMessage("a.example 192.0.2.1 A IN", Framing.LINE));
    client.expectMessageClass(Answer.Positive.class);
    pass(10_000);
    assertThat(probes).isEmpty();
  }

  @Test
  void bareServerIsNeverProbed() throws Exception {
    mayBeProbed = false;
    Call call = acceptedCall();
    ask("a.example");
    next(call.received());
    pass(60_000);
    assertThat(probes).isEmpty();
    assertThat(calls).isEmpty();
  }

  @Test
  void serverThatCannotBeReachedAtTheStartIsDownInTime() throws Exception {
    Call first = next(calls);
    pass(2000);
    first.made().completeExceptionally(new NoRouteToHostException("no route"));
    // The next try has begun when the wait of at most 100 ms is over.
    Call second = callWithin(100);
    pass(400);
    EndMark.isNext(watcher, END);
    pass(100);
    assertThat(watcher.receiveMessage().health().reason()).isEqualTo("no connection: no route");
    second.accept();
    assertThat(watcher.receiveMessage().health()).isEqualTo(Health.UP);
  }

  private Call callWithin(int millis) throws InterruptedException {
    int step = 5;
    for (int passed = 0; passed < millis; passed += step) {
      Call call = calls.poll(step, TimeUnit.MILLISECONDS);
      if (call != null) {
        return call;
      }
      pass(step);
    }
    return next(calls);
  }

  private Call acceptedCall() throws InterruptedException {
    Call call = next(calls);
    call.accept();
    return call;
  }

  private static <T> T next(LinkedBlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private void ask(String name) {
    Question question = Question.ofText(DomainName.parse(name).orElseThrow());
    proxy.tell(Asks.of(question, client.getRef()));
  }

  private CompletableFuture<Done> nextProbe() throws InterruptedException {
    CompletableFuture<Done> probe = next(probes);
    awaitProxy();
    return probe;
  }

  /** The proxy has done all that it was sent before. */
  private void awaitProxy() {
    DomainName noHostName = DomainName.ofMasterFile("a\\.b").orElseThrow();
    TestProbe<Answer> asker = TEST_KIT.createTestProbe();
    proxy.tell(Asks.of(Question.ofText(noHostName), asker.getRef()));
    asker.expectMessage(new Answer.Unheard(Answer.Unheard.Cause.NOT_ASKABLE));
  }

  private void pass(int millis) {
    awaitProxy();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    time.timePasses(Duration.ofMillis(millis));
    awaitProxy();
  }
}
