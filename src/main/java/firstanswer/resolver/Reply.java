package firstanswer.resolver;

import firstanswer.dns.Answer;

/** The reply to a client. Each front end writes it in its own protocol. */
public sealed interface Reply {

  /** The answer of a server, which the front end passes on. */
  record Relayed(Answer answer) implements Reply {}

  /** A reply without an answer of a server. */
  enum Unanswered implements Reply {
    /** At least one server that counts was not heard before the deadline. */
    TIMED_OUT,
    /**
     * The servers heard say "no", but others are missing, and the configuration forbids such a
     * "no".
     */
    WITHHELD,
    /** Every server that could be asked is down. */
    ALL_DOWN,
    /** No server is down, but all are over their budgets. */
    ALL_OVER_BUDGET,
    /** The table server lacks the name, and says "no" by silence. */
    SILENCE,
    /** A defect of ours. */
    INTERNAL_ERROR
  }
}
