package firstanswer.dns;

import java.util.Optional;

/**
 * How a question was asked: the protocol, and whatever of the query a server gets beside name and
 * type, since its answer may depend on that.
 */
public sealed interface Manner {

  /** Asked in the text protocol. */
  enum Text implements Manner {
    TEXT
  }

  /**
   * Asked in DNS.
   *
   * @param flags the header flags RD, AD and CD of the query; all other bits are 0 (RFC 1035
   *     section 4.1.1, RFC 4035 section 3.2)
   * @param edns the end-to-end part of the client's EDNS; empty for a client without EDNS
   */
  record Dns(int flags, Optional<Edns> edns) implements Manner {}
}
