package firstanswer.dns;

import java.util.Optional;
import org.xbill.DNS.Rcode;

/** The answer of one server to a question, or the reason why the server was not heard. */
public sealed interface Answer {

  /** The server holds a record of the name and type asked for. */
  record Positive(Content content) implements Answer {
    /** An answer of the text protocol, {@code Name IPaddress A IN}. */
    public static Positive line(String text) {
      return new Positive(new Content.Line(text));
    }
  }

  /**
   * The server says that the name does not exist, or has no record of the type asked for.
   *
   * @param message the server's message; empty if the server's protocol has no such message
   */
  record Negative(Kind kind, Optional<Content.Message> message) implements Answer {
    /** NXDOMAIN without a message, as in the text protocol. */
    public static final Negative NXDOMAIN = new Negative(Kind.NXDOMAIN, Optional.empty());

    /** NODATA without a message. */
    public static final Negative NODATA = new Negative(Kind.NODATA, Optional.empty());

    /** The kinds of "no" (RFC 9499 section 3), best first. */
    public enum Kind {
      /**
       * The name has a CNAME record, but the CNAME chain ends without a record of the type asked
       * for.
       */
      ALIAS,
      /** The name exists, but has no record of the type asked for. */
      NODATA,
      /** The name does not exist. */
      NXDOMAIN
    }
  }

  /**
   * The server responded, but with an error or without an answer.
   *
   * @param message the server's message, if it can be relayed
   */
  record Failure(Fault fault, Optional<Content.Message> message) implements Answer {

    /** The reason why the response is a failure. */
    public sealed interface Fault {}

    /**
     * The server itself reports an error.
     *
     * @param value an RCODE of up to 12 bits, 0 to 4095 (IANA: DNS RCODEs)
     */
    public record ByRcode(int value) implements Fault {}

    /** The server reports no error, but its response is of no use. */
    public enum Unusable implements Fault {
      /** The bytes are not a whole message, or contradict themselves. */
      UNREADABLE,
      /** A referral (RFC 9499 section 4): the server leaves the answer to other servers. */
      REFERRAL
    }

    /** SERVFAIL without a message. */
    public static final Failure SERVFAIL = of(Rcode.SERVFAIL);

    /** The response cannot be read. */
    public static final Failure UNREADABLE = new Failure(Unusable.UNREADABLE, Optional.empty());

    /** A failure with an RCODE of up to 12 bits, and without a message. */
    public static Failure of(int rcode) {
      return new Failure(new ByRcode(rcode), Optional.empty());
    }

    /** Whether the server reports {@code rcode}. */
    public boolean says(int rcode) {
      return fault instanceof ByRcode said && said.value() == rcode;
    }
  }

  /**
   * The server was not heard, so nothing is known about its records.
   *
   * @param detail more about the cause, for people, or empty
   */
  record Unheard(Cause cause, String detail) implements Answer {
    /** Nothing arrived. In the text protocol, silence may also be a server's "no". */
    public static final Unheard SILENT = new Unheard(Cause.SILENT);

    /** Creates an answer without a detail. */
    public Unheard(Cause cause) {
      this(cause, "");
    }

    /** Why a server was not heard. */
    public enum Cause {
      /** The server sent nothing. */
      SILENT,
      /** No socket or connection to the server could be opened. */
      UNREACHABLE,
      /** The look-up of the server's host name has given no address so far. */
      HOST_UNKNOWN,
      /** The response was truncated, and TCP did not give the whole response. */
      CUT,
      /** The server is down, and has got enough queries since the last probe. */
      DOWN,
      /** The server has as many queries in flight, or in this second, as its budget allows. */
      OVER_BUDGET,
      /** The server's protocol has no such question. */
      NOT_ASKABLE;

      /** Whether we chose not to ask the server, so that the query goes on without the server. */
      public boolean isAbstention() {
        return this == DOWN || this == OVER_BUDGET || this == NOT_ASKABLE;
      }

      /**
       * Whether the server cannot be reached for now, or its whole response cannot be fetched for
       * now. The proxy goes on trying.
       */
      public boolean isTrouble() {
        return this == UNREACHABLE || this == HOST_UNKNOWN || this == CUT;
      }
    }
  }
}
