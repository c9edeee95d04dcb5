package firstanswer.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers the problems and warnings of a configuration, each a line that names its place. */
final class Findings {
  private final Config config;
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Set<String> unreadable = new HashSet<>();

  Findings(Config config) {
    this.config = config;
  }

  /** Lines about settings that may surprise the operator and do not stop the start. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Ends the reading if there are problems. */
  void stopAtProblems() throws SettingsException {
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }

  /** Notes a problem that names its place already. */
  void add(String problem) {
    problems.add(problem);
  }

  /**
   * Notes a problem with the value of {@code key}, unless the value could not be read, which is a
   * problem already.
   */
  void problem(String key, String what) {
    if (!unreadable.contains(key)) {
      problems.add(at(key, what));
    }
  }

  /** Notes that the value of {@code key} cannot be read; once, even if it is read twice. */
  void unreadable(String key, String expected) {
    if (unreadable.add(key)) {
      problems.add(at(key, "expected " + expected));
    }
  }

  /** Notes that {@code key} has no value. */
  void missing(String key, String expected) {
    if (unreadable.add(key)) {
      problems.add(key + " is not set: expected " + expected);
    }
  }

  /** Notes a warning about the value of {@code key}. */
  void warn(String key, String what) {
    warnings.add(at(key, what));
  }

  private String at(String key, String what) {
    ConfigValue value = config.getValue(key);
    String place = HoconMistake.place(value.origin());
    return place + ": " + key + " = " + value.unwrapped() + ": " + what;
  }
}
