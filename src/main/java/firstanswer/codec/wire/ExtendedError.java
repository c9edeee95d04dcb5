package firstanswer.codec.wire;

/**
 * An Extended DNS Error (RFC 8914), which tells people why an answer is what it is.
 *
 * @param infoCode IANA: Extended DNS Error Codes
 * @param text for people; what is too long is cut
 */
public record ExtendedError(int infoCode, String text) {
  private static final int OTHER_ERROR = 0;
  private static final int PROHIBITED = 18;
  private static final int NO_REACHABLE_AUTHORITY = 22;
  private static final int NETWORK_ERROR = 23;

  /** Some server was not heard. */
  public static ExtendedError noReachableAuthority(String text) {
    return new ExtendedError(NO_REACHABLE_AUTHORITY, text);
  }

  /** The way to the servers, or what came over it, is of no use. */
  public static ExtendedError networkError(String text) {
    return new ExtendedError(NETWORK_ERROR, text);
  }

  /** The client may not ask. */
  static ExtendedError prohibited() {
    return new ExtendedError(PROHIBITED, "");
  }

  /** The client asks too much. */
  static ExtendedError busy() {
    return new ExtendedError(OTHER_ERROR, "busy: too many queries of this client");
  }
}
