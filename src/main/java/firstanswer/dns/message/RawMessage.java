package firstanswer.dns.message;

import java.util.Arrays;

/** Bytes that have not been scanned yet. They should be a DNS message, but may be anything. */
public final class RawMessage {
  private final byte[] bytes;

  /** Takes over {@code bytes}. */
  public RawMessage(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The message itself, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawMessage message && Arrays.equals(bytes, message.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "message of " + bytes.length + " bytes";
  }
}
