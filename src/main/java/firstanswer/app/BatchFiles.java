package firstanswer.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ensures that the answers of a batch do not overwrite its names. */
final class BatchFiles {
  private BatchFiles() {}

  /**
   * Refuses an output that is the file of names, even by another path.
   *
   * @param outputNamedBy what names the output, for people; may be empty
   * @param inputNamedBy what names the input, for people
   */
  static void expectDifferent(Path input, Path output, String outputNamedBy, String inputNamedBy)
      throws CannotStart {
    if (areSame(input, output)) {
      throw new CannotStart(
          outputNamedBy
              + output
              + ": is also the file of names ("
              + inputNamedBy
              + "); give another file");
    }
  }

  private static boolean areSame(Path input, Path output) {
    try {
      return Files.isRegularFile(input) && Files.exists(output) && Files.isSameFile(input, output);
    } catch (IOException e) {
      return false;
    }
  }
}
