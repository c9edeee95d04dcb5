package firstanswer.client;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.japi.Pair;
import akka.stream.ActorAttributes;
import akka.stream.Attributes;
import akka.stream.KillSwitches;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Sends a batch of names to a server and hands on the results, in constant memory. */
public final class BatchClient {
  private static final int MAX_WRITTEN_AT_ONCE = 1024;

  /** Where names are read and results written: both may block. */
  private static final Attributes BLOCKING =
      ActorAttributes.dispatcher("akka.actor.default-blocking-io-dispatcher");

  private BatchClient() {}

  /**
   * A batch on its way.
   *
   * @param done completes when each name has its result; fails if names cannot be read or results
   *     not written
   * @param stop sends no more names; those that are on their way still get their results
   */
  public record Running(CompletionStage<Tally> done, Runnable stop) {}

  /**
   * Starts to send.
   *
   * @param names those that are {@link #isName} are asked
   */
  public static Running start(
      Supplier<Iterator<String>> names,
      Conversation conversation,
      ResultOutput output,
      ActorSystem<?> system) {
    output.tally().start();
    Pair<UniqueKillSwitch, CompletionStage<Done>> batch =
        Source.fromIterator(names::get)
            .filter(BatchClient::isName)
            .map(String::strip)
            .withAttributes(BLOCKING)
            .async()
            // Behind the buffer of the boundary: what waits there is not sent after a stop.
            .viaMat(KillSwitches.single(), Keep.right())
            .via(conversation.flow())
            .<List<Result>>batch(
                MAX_WRITTEN_AT_ONCE, first -> new ArrayList<>(List.of(first)), BatchClient::with)
            .toMat(
                Sink.<List<Result>>foreach(output::write).withAttributes(BLOCKING).async(),
                Keep.both())
            .run(system);
    return new Running(
        batch.second().thenApply(done -> output.tally()), () -> batch.first().shutdown());
  }

  /** Whether a line of a batch is a name to ask for, and not blank or a comment. */
  public static boolean isName(String line) {
    return !line.isBlank() && !line.stripLeading().startsWith("#");
  }

  private static List<Result> with(List<Result> batch, Result next) {
    batch.add(next);
    return batch;
  }
}
