package firstanswer.dns;

import java.util.Optional;

/** How a question was asked: what goes to a server beside name and type, and shapes its answer. */
public sealed interface Manner {

  /** In the text protocol. */
  enum Text implements Manner {
    TEXT
  }

  /**
   * In DNS.
   *
   * @param flags of the header: RD, AD and CD as they were, all other bits 0 (RFC 1035 section
   *     4.1.1, RFC 4035 section 3.2)
   * @param edns what of the client's EDNS concerns the server, if the client has any
   */
  record Dns(int flags, Optional<Edns> edns) implements Manner {}
}
