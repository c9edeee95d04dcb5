package firstanswer.codec.wire;

import firstanswer.dns.Edns;
import java.nio.ByteBuffer;
import org.xbill.DNS.Type;

/** Writes our OPT record, for clients and for servers (RFC 6891 section 6.1). */
final class OptRecord {
  /**
   * The most bytes that we take over UDP. Datagrams of this size pass through nearly every network
   * in one piece (RFC 9715 section 3.2).
   */
  static final int UDP_PAYLOAD = 1232;

  /** The length of the fields before the data: the root as owner, type, class, TTL, data length. */
  private static final int FIXED_BYTES = 11;

  private static final int EDNS_VERSION = 0;

  private OptRecord() {}

  /** The length in bytes of the record that holds {@code edns}. */
  static int bytes(Edns edns) {
    return FIXED_BYTES + edns.options().length;
  }

  /**
   * Appends the record that holds {@code edns} to {@code message}.
   *
   * @param extendedRcode the upper 8 bits of the RCODE, 0 to 255
   */
  static void put(ByteBuffer message, int extendedRcode, Edns edns) {
    message.put((byte) 0).putShort((short) Type.OPT).putShort((short) UDP_PAYLOAD);
    message.put((byte) extendedRcode).put((byte) EDNS_VERSION).putShort((short) edns.flags());
    message.putShort((short) edns.options().length).put(edns.options());
  }
}
