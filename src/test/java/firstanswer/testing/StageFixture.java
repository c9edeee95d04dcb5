package firstanswer.testing;

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

/**
 * A stage between probes, in virtual time. The stage runs on the thread of the test, so that each
 * step is done before the next line.
 */
public final class StageFixture<I, O> implements AutoCloseable {
  public final ManualTime time;
  public final TestPublisher.Probe<I> in;
  public final TestSubscriber.Probe<O> out;

  private final ActorTestKit testKit = ActorTestKit.create(ManualTime.config());

  public StageFixture(Graph<FlowShape<I, O>, ?> stage) {
    time = ManualTime.get(testKit.system());
    Pair<TestPublisher.Probe<I>, TestSubscriber.Probe<O>> ends =
        TestSource.<I>create(testKit.system().classicSystem())
            .via(stage)
            .toMat(TestSink.create(testKit.system().classicSystem()), Keep.both())
            .withAttributes(ActorAttributes.dispatcher("akka.test.calling-thread-dispatcher"))
            .run(testKit.system());
    in = ends.first();
    out = ends.second();
    out.ensureSubscription();
  }

  @Override
  public void close() {
    testKit.shutdownTestKit();
  }
}
