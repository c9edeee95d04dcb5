package firstanswer.frontend;

/** Judges by the source port of a datagram which kind of program may have sent it. */
final class SourcePort {
  /** IANA: Service Name and Port Number Registry, domain. */
  private static final int DOMAIN = 53;

  private SourcePort() {}

  /**
   * Whether a program that replies to any datagram may listen at {@code port}: echo, daytime, qotd,
   * chargen or time (RFC 862, 867, 865, 864 and 868). If a query with such a source port is forged,
   * our answer starts an endless exchange between that program and us. Port 0 is included, because
   * nobody can receive there.
   */
  static boolean repliesToAnything(int port) {
    return switch (port) {
      case 0, 7, 13, 17, 19, 37 -> true;
      default -> false;
    };
  }

  /**
   * Whether {@code port} is one that name servers listen at: 53, or the number of our own port,
   * {@code ours}. Some resolvers send queries from such a port, so readable queries from there are
   * answered. An unreadable message from there may be the response of a server, and must not be
   * answered.
   */
  static boolean isOfNameServer(int port, int ours) {
    return port == DOMAIN || port == ours;
  }
}
