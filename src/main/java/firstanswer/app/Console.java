package firstanswer.app;

/** Messages of the process for people. */
final class Console {
  private Console() {}

  /** Prints a problem, one line, on standard error. */
  static void problem(String line) {
    System.err.println("firstanswer: " + line);
  }

  /** Prints a warning, one line, on standard error. */
  static void warning(String line) {
    problem("warning: " + line);
  }

  /** Prints the summary of a batch on standard error: standard output belongs to the answers. */
  static void summary(String lines) {
    System.err.println(lines);
  }

  /** Prints that all listeners are bound, and their addresses. */
  static void ready(String addresses) {
    System.out.println("ready " + addresses);
    System.out.flush();
  }
}
