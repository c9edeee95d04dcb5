package firstanswer.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.japi.Pair;
import akka.stream.ActorAttributes;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import akka.stream.testkit.javadsl.TestSource;
import firstanswer.client.Result.Outcome;
import firstanswer.codec.text.Framing;
import firstanswer.codec.text.TextMessage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The test plays the server; the stage runs on the thread of the test. */
class QueryPipelineTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ActorTestKit testKit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(testKit.system());
  private TestPublisher.Probe<String> names;
  private TestSubscriber.Probe<String> queries;
  private TestPublisher.Probe<TextMessage> messages;
  private TestSubscriber.Probe<Result> results;

  @BeforeEach
  void start() {
    ActorSystem system = testKit.system().classicSystem();
    Flow<String, TextMessage, Pair<TestSubscriber.Probe<String>, TestPublisher.Probe<TextMessage>>>
        server =
            Flow.fromSinkAndSourceMat(
                TestSink.create(system), TestSource.create(system), Keep.both());
    var ends =
        TestSource.<String>create(system)
            .viaMat(
                BidiFlow.fromGraph(new QueryPipeline(3, TIMEOUT)).join(server, Keep.right()),
                Keep.both())
            .toMat(TestSink.create(system), Keep.both())
            .withAttributes(ActorAttributes.dispatcher("akka.test.calling-thread-dispatcher"))
            .run(testKit.system());
    names = ends.first().first();
    queries = ends.first().second().first();
    messages = ends.first().second().second();
    results = ends.second();
    queries.request(100);
    results.request(100);
  }

  @AfterEach
  void shutDown() {
    testKit.shutdownTestKit();
  }

  @Test
  void resultsKeepTheOrderOfNames() {
    ask("a.example", "b.example");
    answer("a.example 192.0.2.1 A IN", "b.example - TIMED OUT");
    expect("a.example 192.0.2.1 A IN", "b.example - TIMED OUT");
  }

  @Test
  void namesInFlightKeepToTheWindow() {
    ask("a.example", "b.example", "c.example");
    names.sendNext("d.example");
    queries.expectNoMessage(Duration.ZERO);
    answer("a.example 192.0.2.1 A IN");
    queries.expectNext("d.example");
  }

  @Test
  void lineThatIsNoNameIsNotSentAndGetsItsResult() {
    ask("a.example");
    names.sendNext("no name");
    names.sendNext("EOF");
    answer("a.example 192.0.2.1 A IN");
    expect(
        "a.example 192.0.2.1 A IN",
        "no name - ERROR not a host name",
        "EOF - ERROR not a host name");
  }

  @Test
  void errorBelongsToFirstNameThatWaits() {
    ask("a.example", "b.example");
    answer("ERROR busy", "b.example 192.0.2.2 A IN");
    expect("a.example - ERROR busy", "b.example 192.0.2.2 A IN");
  }

  @Test
  void answerTimesOutTheNamesBeforeIt() {
    ask("a.example", "b.example");
    answer("B.example 192.0.2.2 A IN");
    expect("a.example - TIMED OUT", "B.example 192.0.2.2 A IN");
  }

  @Test
  void answerToNoQueryIsIgnored() {
    ask("a.example");
    answer("x.example 192.0.2.9 A IN", "a.example 192.0.2.1 A IN");
    expect("a.example 192.0.2.1 A IN");
  }

  @Test
  void nameWithoutAnswerIsGivenUpAfterTimeout() {
    ask("a.example");
    time.timePasses(TIMEOUT);
    results.expectNoMessage(Duration.ZERO);
    time.timePasses(TIMEOUT.dividedBy(10));
    expect("a.example - TIMED OUT");
  }

  @Test
  void slowServerThatTalksIsNotGivenUp() {
    ask("a.example", "b.example");
    time.timePasses(TIMEOUT.multipliedBy(3).dividedBy(4));
    answer("a.example 192.0.2.1 A IN");
    time.timePasses(TIMEOUT.multipliedBy(3).dividedBy(4));
    answer("b.example 192.0.2.2 A IN");
    expect("a.example 192.0.2.1 A IN", "b.example 192.0.2.2 A IN");
  }

  @Test
  void lastAnswerSendsEofAndEndsTheBatch() {
    ask("a.example");
    names.sendComplete();
    answer("a.example 192.0.2.1 A IN");
    expect("a.example 192.0.2.1 A IN");
    results.expectComplete();
    queries.expectNext("EOF");
    queries.expectComplete();
  }

  @Test
  void emptyBatchEnds() {
    names.sendComplete();
    results.expectComplete();
  }

  @Test
  void lostServerGivesEachNameAResult() {
    ask("a.example", "b.example");
    answer("a.example 192.0.2.1 A IN");
    messages.sendError(new IllegalStateException("Connection reset"));
    names.sendNext("c.example");
    names.sendComplete();
    expect(
        "a.example 192.0.2.1 A IN",
        "b.example - ERROR Connection reset",
        "c.example - ERROR Connection reset");
    results.expectComplete();
  }

  @Test
  void nameTakenWhileConnectionClosesIsLost() {
    ask("a.example");
    queries.cancel();
    names.sendNext("b.example");
    messages.sendError(new IllegalStateException("Connection reset"));
    names.sendComplete();
    expect("a.example - ERROR Connection reset", "b.example - ERROR Connection reset");
    results.expectComplete();
  }

  @Test
  void serverThatClosesIsLost() {
    ask("a.example");
    messages.sendComplete();
    assertThat(results.expectNext().outcome()).isEqualTo(Outcome.LOST);
  }

  private void ask(String... asked) {
    for (String name : asked) {
      names.sendNext(name);
      queries.expectNext(name);
    }
  }

  private void answer(String... texts) {
    for (String text : texts) {
      messages.sendNext(new TextMessage(text, Framing.LINE));
    }
  }

  private void expect(String... lines) {
    for (String line : lines) {
      assertThat(results.expectNext().line()).isEqualTo(line);
    }
  }
}
