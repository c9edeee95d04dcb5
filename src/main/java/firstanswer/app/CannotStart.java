package firstanswer.app;

import java.util.List;

/** The process cannot start. The user sees the problems, never a stack trace. */
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

  /** The problems, at least one, each a line for people. */
  List<String> problems() {
    return problems;
  }

  /** The first problem, and the number of the others. */
  String firstLine() {
    int more = problems.size() - 1;
    return problems.get(0) + (more == 0 ? "" : " (and " + more + " more: firstanswer check)");
  }
}
