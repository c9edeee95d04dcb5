package firstanswer.frontend;

import firstanswer.codec.wire.ClientMessage;
import firstanswer.codec.wire.ClientQuery;
import firstanswer.codec.wire.ResponseWriter;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Decides which messages of clients get a response without any upstream being asked, and which. */
final class ImmediateResponse {
  /** The only version there is (IANA: EDNS Version Number). */
  private static final int EDNS_VERSION = 0;

  /**
   * The first of the types that ask for an action rather than for data: TKEY, TSIG, IXFR, AXFR,
   * MAILB, MAILA, ANY (IANA: DNS Resource Record TYPEs, 249 to 255).
   */
  private static final int FIRST_META_TYPE = Type.TKEY;

  private ImmediateResponse() {}

  /** The response to {@code message}; empty if it is a query to resolve, or no query at all. */
  static Optional<byte[]> to(ClientMessage message) {
    if (message instanceof ClientMessage.OtherOpcode other) {
      return Optional.of(ResponseWriter.headerOnly(other.id(), other.flags(), Rcode.NOTIMP));
    }
    if (message instanceof ClientMessage.Malformed malformed) {
      return Optional.of(
          ResponseWriter.headerOnly(malformed.id(), malformed.flags(), Rcode.FORMERR));
    }
    return message instanceof ClientQuery query ? toQuery(query) : Optional.empty();
  }

  /**
   * REFUSED for a client that asks too much.
   *
   * @throws IllegalArgumentException if {@code message} is no query at all
   */
  static byte[] busy(ClientMessage message) {
    if (message instanceof ClientQuery query) {
      return ResponseWriter.busy(query);
    }
    if (message instanceof ClientMessage.OtherOpcode other) {
      return ResponseWriter.headerOnly(other.id(), other.flags(), Rcode.REFUSED);
    }
    if (message instanceof ClientMessage.Malformed malformed) {
      return ResponseWriter.headerOnly(malformed.id(), malformed.flags(), Rcode.REFUSED);
    }
    throw new IllegalArgumentException("no query: " + message);
  }

  private static Optional<byte[]> toQuery(ClientQuery query) {
    // Another version may lay out its options otherwise, so the version comes first.
    if (query.ednsVersion() != EDNS_VERSION) {
      return empty(query, Rcode.BADVERS);
    }
    if (query.hasBrokenOptions()) {
      return empty(query, Rcode.FORMERR);
    }
    if (query.isSigned()) {
      return Optional.of(ResponseWriter.notSigned(query));
    }
    if (query.questionClass() != DClass.IN) {
      return empty(query, Rcode.REFUSED);
    }
    int type = query.type();
    if (type == Type.ANY) {
      return Optional.of(ResponseWriter.minimalAny(query));
    }
    return type >= FIRST_META_TYPE && type < Type.ANY
        ? empty(query, Rcode.NOTIMP)
        : Optional.empty();
  }

  private static Optional<byte[]> empty(ClientQuery query, int rcode) {
    return Optional.of(ResponseWriter.empty(query, rcode));
  }
}
