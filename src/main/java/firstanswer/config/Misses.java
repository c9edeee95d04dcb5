package firstanswer.config;

/** What a table server says in the text protocol of a name that it does not hold. */
public enum Misses {
  /** Nothing, as in the assignment. */
  SILENT,
  /** {@code Name - NOT FOUND}. */
  ANSWERED
}
