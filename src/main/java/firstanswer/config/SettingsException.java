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

  /** The problems, at least one. Each is a line for people: place, key, value, right value. */
  public List<String> problems() {
    return problems;
  }
}
