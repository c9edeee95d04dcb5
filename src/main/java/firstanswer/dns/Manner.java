package firstanswer.dns;

import java.util.Optional;

/**
 * The protocol of a query, and all parts of the query, beside name and type, on which a server's
 * answer may depend.
 */
public sealed interface Manner {

  /** The manner of all queries in the text protocol. */
  enum Text implements Manner {
    TEXT
  }

  /**
   * The manner of a query in DNS.
   *
   * @param flags the header flags RD, AD and CD of the query; all other bits are 0 (RFC 1035
   *     section 4.1.1, RFC 4035 section 3.2)
   * @param edns the end-to-end part of the client's EDNS; empty for a client without EDNS
   */
  record Dns(int flags, Optional<Edns> edns) implements Manner {}
}
