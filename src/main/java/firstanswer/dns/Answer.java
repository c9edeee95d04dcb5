package firstanswer.dns;

/** What a server says to a question, and what a load balancer makes of what its servers said. */
public sealed interface Answer {

  /** The server knows the name; {@code text} is its answer, to be relayed as it stands. */
  record Positive(String text) implements Answer {}

  /** The server says that there is nothing to be had, in the words of RFC 9499. */
  enum Negative implements Answer {
    /** The name exists, but holds nothing of the type asked for. */
    NODATA,
    /** The name does not exist. */
    NXDOMAIN
  }

  /** The server could not or would not answer, and said so; {@code reason} is for people. */
  record Failure(String reason) implements Answer {}

  /** The server says nothing: it never answered, or its protocol renders "no" as silence. */
  enum Silence implements Answer {
    SILENT
  }

  /**
   * Some server that counts was still silent at the deadline. A local outcome, never on the wire of
   * DNS.
   */
  enum NoAnswer implements Answer {
    TIMED_OUT
  }
}
