package firstanswer.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import firstanswer.config.ClientSettings;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A batch: asks a server for names, writes the results in the order of the names, and shows the
 * progress if somebody watches. Files are opened, counted and closed on the dispatcher for blocking
 * calls.
 */
public final class Batch {
  private final ClientSettings settings;
  private final Names names;
  private final Output output;
  private final Progress progress;
  private final SharedKillSwitch stop = KillSwitches.shared("batch");

  /**
   * The destinations of the results.
   *
   * @param file the file for results; empty for standard output only
   * @param standardOutput whether results also go to standard output
   */
  public record Output(ResultFormat format, Optional<Path> file, boolean standardOutput) {}

  /** Creates a batch that has not started. May block for some milliseconds. */
  public Batch(ClientSettings settings, Names names, Output output) {
    this.settings = settings;
    this.names = names;
    this.output = output;
    this.progress = Progress.of(output.standardOutput());
  }

  /** The settings, such as the server. */
  public ClientSettings settings() {
    return settings;
  }

  /**
   * Opens the output and asks for the names. A process that cannot start never opens the output, so
   * an old file stays.
   *
   * @return completes when each name has its result and the output is closed; fails with {@link
   *     ResultsNotWritten} or because names cannot be read
   */
  public CompletionStage<Tally> start(LookUp lookUp, ActorSystem<?> system) {
    Executor blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
    return CompletableFuture.supplyAsync(this::open, blocking)
        .thenCompose(
            results ->
                send(lookUp, results, system)
                    .whenCompleteAsync((done, failure) -> close(results), blocking)
                    .thenApply(done -> results.tally()));
  }

  private CompletionStage<Done> send(LookUp lookUp, ResultOutput results, ActorSystem<?> system) {
    results.tally().start();
    return BatchStream.run(names.source(), lookUp, results, stop, system);
  }

  /** Sends no more names. Names that are in flight still get their results. */
  public void stop() {
    // Messages of the stop need lines of their own.
    progress.close();
    stop.shutdown();
  }

  private ResultOutput open() {
    try {
      ResultOutput results = new ResultOutput(output.format(), writers(), progress::stepTo);
      if (progress.isShown()) {
        progress.start(names.count().getAsLong());
      }
      return results;
    } catch (IOException e) {
      throw new ResultsNotWritten(e, output.file().map(Path::toString).orElse("standard output"));
    }
  }

  /** Opens the outputs, which write each byte of a name as it was read. */
  private List<Writer> writers() throws IOException {
    List<Writer> writers = new ArrayList<>();
    if (output.standardOutput()) {
      writers.add(
          new BufferedWriter(
              new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), ISO_8859_1)));
    }
    if (output.file().isPresent()) {
      writers.add(Files.newBufferedWriter(output.file().get(), ISO_8859_1));
    }
    return writers;
  }

  private void close(ResultOutput results) {
    progress.close();
    results.close();
  }
}
