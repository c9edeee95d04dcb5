package firstanswer.transport.framing;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.japi.Pair;
import akka.stream.ActorAttributes;
import akka.stream.FlowShape;
import akka.stream.Graph;
import akka.stream.javadsl.Keep;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import akka.stream.testkit.javadsl.TestSource;
import akka.util.ByteString;

/**
 * A framing stage between probes, in virtual time. The stage runs on the thread of the test, so
 * that each step is done before the next line.
 */
final class FramingFixture<M> implements AutoCloseable {
  final ManualTime time;
  final TestPublisher.Probe<ByteString> bytes;
  final TestSubscriber.Probe<M> messages;

  private final ActorTestKit testKit = ActorTestKit.create(ManualTime.config());

  FramingFixture(Graph<FlowShape<ByteString, M>, ?> stage) {
    time = ManualTime.get(testKit.system());
    Pair<TestPublisher.Probe<ByteString>, TestSubscriber.Probe<M>> ends =
        TestSource.<ByteString>create(testKit.system().classicSystem())
            .via(stage)
            .toMat(TestSink.create(testKit.system().classicSystem()), Keep.both())
            .withAttributes(ActorAttributes.dispatcher("akka.test.calling-thread-dispatcher"))
            .run(testKit.system());
    bytes = ends.first();
    messages = ends.second();
    messages.ensureSubscription();
  }

  @Override
  public void close() {
    testKit.shutdownTestKit();
  }
}
