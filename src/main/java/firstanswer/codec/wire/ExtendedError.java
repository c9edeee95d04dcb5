package firstanswer.codec.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.xbill.DNS.ExtendedErrorCodeOption;

/**
 * An Extended DNS Error (RFC 8914): it tells people the reason for a response.
 *
 * @param infoCode 0 to 65,535 (IANA: Extended DNS Error Codes)
 * @param text for people, in ASCII; what exceeds 200 bytes is cut off
 */
public record ExtendedError(int infoCode, String text) {
  /** With so much text, the longest question and an OPT record, a response is below 512 bytes. */
  private static final int MAX_TEXT_BYTES = 200;

  /** 22: a server was not heard. */
  public static ExtendedError noReachableAuthority(String text) {
    return new ExtendedError(ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY, text);
  }

  /** 23: no server could be asked, or an answer that arrived is unusable. */
  public static ExtendedError networkError(String text) {
    return new ExtendedError(ExtendedErrorCodeOption.NETWORK_ERROR, text);
  }

  /** 18: the client may not ask. */
  static ExtendedError prohibited() {
    return new ExtendedError(ExtendedErrorCodeOption.PROHIBITED, "");
  }

  /** 0: the client asks too much. */
  static ExtendedError busy() {
    return new ExtendedError(
        ExtendedErrorCodeOption.OTHER, "busy: too many queries of this client");
  }

  /** The EDNS option that holds the error. */
  byte[] option() {
    byte[] ascii = text.getBytes(US_ASCII);
    return EdnsOptions.extendedError(
        infoCode, Arrays.copyOf(ascii, Math.min(ascii.length, MAX_TEXT_BYTES)));
  }
}
