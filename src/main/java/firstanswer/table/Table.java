package firstanswer.table;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import java.util.Map;
import java.util.Optional;

/** An immutable table of names; a look-up costs the same whatever its size. */
public final class Table {
  private final Map<String, String> answers;

  /** Takes over {@code answers}, from {@link DomainName#key} to the answer in the text protocol. */
  Table(Map<String, String> answers) {
    this.answers = answers;
  }

  /** What the table holds for {@code name}, ignoring case. */
  public Optional<Answer.Positive> lookUp(DomainName name) {
    return Optional.ofNullable(answers.get(name.key())).map(Answer.Positive::line);
  }

  /** The number of names. */
  public int size() {
    return answers.size();
  }
}
