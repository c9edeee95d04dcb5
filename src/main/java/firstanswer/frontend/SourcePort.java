package firstanswer.frontend;

/** Tells from the port that a datagram came from who may have sent it. */
final class SourcePort {
  /** IANA: Service Name and Port Number Registry, domain. */
  private static final int DOMAIN = 53;

  private SourcePort() {}

  /**
   * Whether an answer would itself be answered, whatever it says, so that two servers could be made
   * to talk for ever: echo, daytime, qotd, chargen and time (RFC 862, 867, 865, 864 and 868) reply
   * to any datagram. Nobody can receive at port 0.
   */
  static boolean repliesToAnything(int port) {
    return switch (port) {
      case 0, 7, 13, 17, 19, 37 -> true;
      default -> false;
    };
  }

  /**
   * Whether a name server listens there: at the usual port, or at a port like {@code ours}. Some
   * resolvers ask from such a port, but what is no readable query may be an answer.
   */
  static boolean isOfNameServer(int port, int ours) {
    return port == DOMAIN || port == ours;
  }
}
