package firstanswer.dns;

import java.util.Optional;

/** What a server says to a question, and what a load balancer makes of what its servers said. */
public sealed interface Answer {

  /** The server knows the name and has what was asked for. */
  record Positive(Content content) implements Answer {
    /** An answer of the text protocol. */
    public static Positive line(String text) {
      return new Positive(new Content.Line(text));
    }
  }

  /**
   * The server says that there is nothing to be had.
   *
   * @param message how it said so, where its protocol has more to say than the bare fact
   * @param without whom this was said without, since they are down; for people, empty if nobody
   */
  record Negative(Kind kind, Optional<Content.Message> message, String without) implements Answer {
    public Negative(Kind kind, Optional<Content.Message> message) {
      this(kind, message, "");
    }

    /** A bare "there is no such name", as the text protocol has it. */
    public static final Negative NXDOMAIN = new Negative(Kind.NXDOMAIN, Optional.empty());

    /** A bare "nothing of that type". */
    public static final Negative NODATA = new Negative(Kind.NODATA, Optional.empty());

    /** The kinds of "no", in the words of RFC 9499, best first. */
    public enum Kind {
      /** The name is an alias (CNAME) of one that has nothing of the type asked for. */
      ALIAS,
      /** The name exists, but holds nothing of the type asked for. */
      NODATA,
      /** The name does not exist. */
      NXDOMAIN
    }
  }

  /**
   * The server could not or would not answer, and said so, or what it said cannot be used.
   *
   * @param reason for people
   * @param message what it said, if that can be relayed
   */
  record Failure(String reason, Optional<Content.Message> message) implements Answer {
    public Failure(String reason) {
      this(reason, Optional.empty());
    }
  }

  /** The server says nothing: it never answered, or its protocol renders "no" as silence. */
  enum Silence implements Answer {
    SILENT
  }

  /** The server was not asked, and so does not count. */
  enum Abstention implements Answer {
    /** Its protocol has no such question. */
    NOT_ASKED,
    /** It is down, and has been asked often enough for now. */
    DOWN,
    /** It has as many questions as it may have, in flight or in this second. */
    OVER_BUDGET
  }

  /**
   * Some server that counts was still silent at the deadline. A local outcome, which each protocol
   * renders in its own way.
   *
   * @param explanation who was silent, and what the others said; for people
   */
  record TimedOut(String explanation) implements Answer {}
}
