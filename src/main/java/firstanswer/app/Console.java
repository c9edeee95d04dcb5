package firstanswer.app;

/** Messages of the process for people. */
final class Console {
  private Console() {}

  /** One line on standard error. */
  static void problem(String line) {
    System.err.println("firstanswer: " + line);
  }

  /** One line on standard error, about what does not stop the start. */
  static void warning(String line) {
    problem("warning: " + line);
  }

  /** The summary of a batch, on standard error: standard output belongs to the answers. */
  static void summary(String lines) {
    System.err.println(lines);
  }

  /** Says that all listeners are bound, and to which addresses. */
  static void ready(String addresses) {
    System.out.println("ready " + addresses);
    System.out.flush();
  }
}
