package firstanswer.config;

/** The reply of a table server in the text protocol for a name that is not in its table. */
public enum Misses {
  /** No reply, as the assignment demands. */
  SILENT,
  /** {@code Name - NOT FOUND}. */
  ANSWERED
}
