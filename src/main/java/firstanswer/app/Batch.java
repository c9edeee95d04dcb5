package firstanswer.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import akka.actor.typed.ActorSystem;
import firstanswer.client.BatchClient;
import firstanswer.client.Conversation;
import firstanswer.client.Progress;
import firstanswer.client.ResultFormat;
import firstanswer.client.ResultOutput;
import firstanswer.client.Tally;
import firstanswer.config.ClientSettings;
import firstanswer.table.file.FileProblem;
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

/** A batch: its names, where its results go, and its progress bar, if somebody watches. */
final class Batch {
  private final ClientSettings settings;
  private final Names names;
  private final ResultFormat format;
  private final Optional<Path> file;
  private final boolean screen;
  private final List<Writer> writers = new ArrayList<>();
  private final Progress progress;

  /**
   * A batch that has not started.
   *
   * @param file where results go; empty for the screen only
   * @param screen whether they go there as well
   */
  Batch(
      ClientSettings settings,
      Names names,
      ResultFormat format,
      Optional<Path> file,
      boolean screen) {
    this.settings = settings;
    this.names = names;
    this.format = format;
    this.file = file;
    this.screen = screen;
    this.progress = Progress.of(screen);
  }

  /** Whom to ask, and how. */
  ClientSettings settings() {
    return settings;
  }

  /**
   * Opens the output, not earlier, so that a process that cannot start leaves an old one as it is.
   *
   * @throws CannotStart if the file cannot be written
   */
  BatchClient.Running start(Conversation conversation, ActorSystem<?> system) throws CannotStart {
    try {
      openWriters();
      if (progress.isShown()) {
        progress.start(names.count().getAsLong());
      }
      ResultOutput output = new ResultOutput(format, writers, progress::stepTo);
      return BatchClient.start(names.source(), conversation, output, system);
    } catch (IOException e) {
      throw new CannotStart(
          "results cannot be written: "
              + file.map(Path::toString).orElse("standard output")
              + ": "
              + FileProblem.of(e));
    }
  }

  /** Bytes in, bytes out: names are not recoded on their way. */
  private void openWriters() throws IOException {
    if (screen) {
      writers.add(
          new BufferedWriter(
              new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), ISO_8859_1)));
    }
    if (file.isPresent()) {
      writers.add(Files.newBufferedWriter(file.get(), ISO_8859_1));
    }
  }

  /** Ends the bar, so that the messages of a stop have lines of their own. */
  void endProgress() {
    progress.close();
  }

  /** Closes the output and says how it went. */
  void close(Tally tally) {
    abandon();
    System.err.println(tally.summary());
  }

  /** Closes the output of a batch that has failed. */
  void abandon() {
    progress.close();
    try {
      for (Writer writer : writers) {
        writer.close();
      }
    } catch (IOException e) {
      Console.problem("results cannot be written: " + e.getMessage());
    }
  }
}
