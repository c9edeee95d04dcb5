package firstanswer.config;

/** The case of the letters of names in queries to name servers. */
public enum QuestionCase {
  /** The case in which the client writes the name. */
  KEPT,
  /** Upper or lower case at random, which makes answers harder to forge. */
  MIXED
}
