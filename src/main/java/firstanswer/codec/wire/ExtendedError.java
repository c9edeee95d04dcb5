package firstanswer.codec.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.xbill.DNS.ExtendedErrorCodeOption;

/**
 * An Extended DNS Error (RFC 8914): the reason for a response, for people.
 *
 * @param infoCode 0 to 65,535 (IANA: Extended DNS Error Codes)
 * @param text for people, in ASCII; bytes beyond 200 are left out
 */
public record ExtendedError(int infoCode, String text) {
  /** This text, the longest question and an OPT record fit into a response of 512 bytes. */
  private static final int MAX_TEXT_BYTES = 200;

  /** No Reachable Authority, 22: a server was not heard. */
  public static ExtendedError noReachableAuthority(String text) {
    return new ExtendedError(ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY, text);
  }

  /** Network Error, 23: no server could be asked, or a response is unusable. */
  public static ExtendedError networkError(String text) {
    return new ExtendedError(ExtendedErrorCodeOption.NETWORK_ERROR, text);
  }

  /** Prohibited, 18: the client may not ask. */
  static ExtendedError prohibited() {
    return new ExtendedError(ExtendedErrorCodeOption.PROHIBITED, "");
  }

  /** Other Error, 0: the client asks too much. */
  static ExtendedError busy() {
    return new ExtendedError(
        ExtendedErrorCodeOption.OTHER, "busy: too many queries of this client");
  }

  /** 21: the client wants a signed response. */
  static ExtendedError notSigned() {
    return new ExtendedError(
        ExtendedErrorCodeOption.NOT_SUPPORTED, "no TSIG and no SIG(0): ask without a signature");
  }

  /** The EDNS option that holds the error. */
  byte[] option() {
    byte[] ascii = text.getBytes(US_ASCII);
    return EdnsOptions.extendedError(
        infoCode, Arrays.copyOf(ascii, Math.min(ascii.length, MAX_TEXT_BYTES)));
  }
}
