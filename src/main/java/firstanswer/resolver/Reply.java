package firstanswer.resolver;

import firstanswer.dns.Answer;

/** What a client is told. Each front end renders it in its own protocol. */
public sealed interface Reply {

  /** The answer of a server, which is passed on. */
  record Relayed(Answer answer) implements Reply {}

  /** There is no answer to pass on. */
  enum Unanswered implements Reply {
    /** Some server that counts was not heard before the deadline. */
    TIMED_OUT,
    /** Those who were heard say "no", and the operator wants no "no" without the others. */
    WITHHELD,
    /** Every server that could be asked is down. */
    ALL_DOWN,
    /** No server is down, and every one has too much to do. */
    ALL_OVER_BUDGET,
    /** The name is not in the table of a server that says "no" by silence. */
    SILENCE,
    /** A mistake of ours. */
    INTERNAL_ERROR
  }
}
