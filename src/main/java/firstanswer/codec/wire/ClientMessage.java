package firstanswer.codec.wire;

/** A message that a client has sent, as far as it was read. */
public sealed interface ClientMessage
    permits ClientMessage.NoQuery, ClientMessage.OtherOpcode, ClientMessage.Malformed, ClientQuery {

  /** Bytes that are too short for a header, or a response: neither gets a response. */
  enum NoQuery implements ClientMessage {
    /** The only value. */
    NO_QUERY
  }

  /**
   * A request whose OPCODE is not QUERY (IANA: DNS OpCodes). Only its header was read.
   *
   * @param id 0 to 65,535
   * @param flags the 16 bits of the header that hold flags, OPCODE and RCODE
   */
  record OtherOpcode(int id, int flags) implements ClientMessage {}

  /**
   * A query that is not a whole message, or has no question. Only its header was read.
   *
   * @param id 0 to 65,535
   * @param flags the 16 bits of the header that hold flags, OPCODE and RCODE
   */
  record Malformed(int id, int flags) implements ClientMessage {}
}
