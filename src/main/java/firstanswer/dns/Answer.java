package firstanswer.dns;

import java.util.Optional;
import org.xbill.DNS.Rcode;

/** What one server says to a question, or why it was not heard. */
public sealed interface Answer {

  /** The server knows the name and has what was asked for. */
  record Positive(Content content) implements Answer {
    /** An answer of the text protocol. */
    public static Positive line(String text) {
      return new Positive(new Content.Line(text));
    }
  }

  /**
   * The server says that there is no such name, or nothing of that type.
   *
   * @param message the server's own words, where its protocol has more to say than the bare fact
   */
  record Negative(Kind kind, Optional<Content.Message> message) implements Answer {
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
   * The server answered, and its answer is a failure.
   *
   * @param message the server's own words, if they can be relayed
   */
  record Failure(Fault fault, Optional<Content.Message> message) implements Answer {

    /** What is wrong with the answer. */
    public sealed interface Fault {}

    /**
     * The server says so itself.
     *
     * @param value an RCODE of up to 12 bits (IANA: DNS RCODEs)
     */
    public record ByRcode(int value) implements Fault {}

    /** The server says something that answers nothing. */
    public enum Unusable implements Fault {
      /** No message that can be read. */
      UNREADABLE,
      /** A referral: the server leaves the answer to others. */
      REFERRAL
    }

    /** The server cannot answer, and says no more than that. */
    public static final Failure SERVFAIL = of(Rcode.SERVFAIL);

    /** The answer cannot be read. */
    public static final Failure UNREADABLE = new Failure(Unusable.UNREADABLE, Optional.empty());

    /** A bare RCODE. */
    public static Failure of(int rcode) {
      return new Failure(new ByRcode(rcode), Optional.empty());
    }

    /** Whether the server says that RCODE. */
    public boolean says(int rcode) {
      return fault instanceof ByRcode said && said.value() == rcode;
    }
  }

  /**
   * The server was not heard, so that nothing is known of what it holds.
   *
   * @param detail more about the cause, for people; may be empty
   */
  record Unheard(Cause cause, String detail) implements Answer {
    /** Nothing came, or the server's protocol says "no" by silence. */
    public static final Unheard SILENT = new Unheard(Cause.SILENT);

    /** Nothing but the cause is known. */
    public Unheard(Cause cause) {
      this(cause, "");
    }

    /** Why a server was not heard. */
    public enum Cause {
      /** It says nothing. */
      SILENT,
      /** There is no way to reach it. */
      UNREACHABLE,
      /** Its host name has no address, as far as we know. */
      HOST_UNKNOWN,
      /** Its answer was cut, and the whole is not to be had over TCP. */
      CUT,
      /** It is down, and has been asked often enough for now. */
      DOWN,
      /** It has as many queries as it may have, in flight or in this second. */
      OVER_BUDGET,
      /** Its protocol has no such question. */
      NOT_ASKABLE;

      /**
       * Whether our side left it alone, so that the query passes it over. In the other cases we
       * tried.
       */
      public boolean isAbstention() {
        return this == DOWN || this == OVER_BUDGET || this == NOT_ASKABLE;
      }
    }
  }
}
