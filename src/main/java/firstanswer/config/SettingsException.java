package firstanswer.config;

import java.util.List;

/** A configuration that cannot be used. */
public final class SettingsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  SettingsException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** At least one; each a line for people: where, key, value, what would be right. */
  public List<String> problems() {
    return problems;
  }
}
