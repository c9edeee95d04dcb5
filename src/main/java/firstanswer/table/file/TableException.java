package firstanswer.table.file;

import java.util.List;

/** A table that cannot be used. */
public final class TableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  TableException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** At least one; each a line for people that names file and line. */
  public List<String> problems() {
    return problems;
  }
}
