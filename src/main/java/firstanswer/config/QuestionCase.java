package firstanswer.config;

/** The case of the letters in the names that name servers are asked for. */
public enum QuestionCase {
  /** As the client has written them. */
  KEPT,
  /** Upper or lower at random, which makes answers harder to forge. */
  MIXED
}
