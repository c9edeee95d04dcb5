package firstanswer.table.file;

import java.util.List;

/** Says why the files of a table cannot be used. */
public final class TableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  TableException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** At least one problem. Each is a line for people that begins with the file, and its line. */
  public List<String> problems() {
    return problems;
  }
}
