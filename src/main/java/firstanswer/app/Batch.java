package firstanswer.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import akka.actor.typed.ActorSystem;
import firstanswer.client.BatchClient;
import firstanswer.client.ResultFormat;
import firstanswer.client.ResultOutput;
import firstanswer.client.Tally;
import firstanswer.settings.ClientSettings;
import firstanswer.settings.HostPort;
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
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A batch with its files opened and its progress bar drawn, if somebody watches. */
final class Batch {
  private final ClientSettings settings;
  private final Names names;
  private final List<Writer> writers = new ArrayList<>();
  private final ResultOutput output;
  private final Optional<ProgressBar> progress;

  /**
   * Opens the output.
   *
   * @param file where results go; empty for the screen only
   * @param screen whether they go there as well
   * @throws CannotStart if the file cannot be written
   */
  Batch(
      ClientSettings settings,
      Names names,
      ResultFormat format,
      Optional<Path> file,
      boolean screen)
      throws CannotStart {
    this.settings = settings;
    this.names = names;
    try {
      if (screen) {
        // Bytes in, bytes out: names are not recoded on their way.
        writers.add(
            new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), ISO_8859_1)));
      }
      if (file.isPresent()) {
        writers.add(Files.newBufferedWriter(file.get(), ISO_8859_1));
      }
      this.progress = progressBar(names);
      this.output = new ResultOutput(format, writers, this::step);
    } catch (IOException e) {
      throw new CannotStart(
          "results cannot be written: " + file.orElseThrow() + ": " + CannotStart.reason(e));
    }
  }

  private static Optional<ProgressBar> progressBar(Names names) {
    if (!Console.errorIsTerminal()) {
      return Optional.empty();
    }
    return Optional.of(
        new ProgressBarBuilder()
            .setTaskName("names")
            .setInitialMax(names.count().getAsLong())
            .showSpeed()
            .setUpdateIntervalMillis(200)
            .build());
  }

  private void step(long done) {
    progress.ifPresent(bar -> bar.stepTo(done));
  }

  /** Whom to ask; empty for the load balancer in this process. */
  Optional<HostPort> server() {
    return settings.server();
  }

  BatchClient.Running start(HostPort server, ActorSystem<?> system) {
    BatchClient.Manner manner =
        new BatchClient.Manner(server, settings.framing(), settings.window(), settings.timeout());
    return BatchClient.start(names.source(), manner, output, system);
  }

  /** Closes the output and says how it went. */
  void close(Tally tally) {
    progress.ifPresent(ProgressBar::close);
    try {
      for (Writer writer : writers) {
        writer.close();
      }
    } catch (IOException e) {
      Console.problem("results cannot be written: " + e.getMessage());
    }
    System.err.println(tally.summary());
  }
}
