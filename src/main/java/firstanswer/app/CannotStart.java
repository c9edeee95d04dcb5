package firstanswer.app;

import java.util.List;

/** Why the process cannot start; the user sees the problems, never a stack trace. */
final class CannotStart extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  CannotStart(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  CannotStart(String problem) {
    this(List.of(problem));
  }

  /** At least one; each a line for people. */
  List<String> problems() {
    return problems;
  }

  /** One line, whatever the number of problems. */
  String firstLine() {
    int more = problems.size() - 1;
    return problems.get(0) + (more == 0 ? "" : " (and " + more + " more: firstanswer check)");
  }
}
