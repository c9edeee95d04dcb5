package firstanswer.client;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.stream.ActorAttributes;
import akka.stream.Attributes;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The stream of a batch, from its names to its results, in constant memory. */
public final class BatchStream {
  private static final int MAX_WRITTEN_AT_ONCE = 1024;

  /** The dispatcher that reads names and writes results, which may block. */
  private static final Attributes BLOCKING =
      ActorAttributes.dispatcher("akka.actor.default-blocking-io-dispatcher");

  private BatchStream() {}

  /**
   * Starts the stream.
   *
   * @param stop ends the names early; names that are in flight still get their results
   * @return completes when each name has its result; fails if names cannot be read or results not
   *     written
   */
  public static CompletionStage<Done> run(
      Supplier<Iterator<String>> names,
      LookUp lookUp,
      ResultOutput output,
      SharedKillSwitch stop,
      ActorSystem<?> system) {
    return Source.fromIterator(names::get)
        .filter(Names::isName)
        .map(String::strip)
        .withAttributes(BLOCKING)
        .async()
        // Stands behind the buffer of the boundary, so that a stop also holds back the names in the
        // buffer.
        .via(stop.flow())
        .via(lookUp.flow())
        .<List<Result>>batch(
            MAX_WRITTEN_AT_ONCE, first -> new ArrayList<>(List.of(first)), BatchStream::with)
        .runWith(
            Sink.<List<Result>>foreach(output::write).withAttributes(BLOCKING).async(), system);
  }

  private static List<Result> with(List<Result> batch, Result next) {
    batch.add(next);
    return batch;
  }
}
