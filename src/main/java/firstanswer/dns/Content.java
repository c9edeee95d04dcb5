package firstanswer.dns;

import java.util.Arrays;

/** An answer as its server sent it, to be relayed as it stands. */
public sealed interface Content {

  /** A line of the text protocol. */
  record Line(String text) implements Content {}

  /** A DNS message (RFC 1035 section 4.1). Whoever holds the bytes leaves them as they are. */
  final class Message implements Content {
    private final byte[] bytes;

    /** Takes over {@code bytes}. */
    public Message(byte[] bytes) {
      this.bytes = bytes;
    }

    /** The message itself, not a copy. */
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Message message && Arrays.equals(bytes, message.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "DNS message of " + bytes.length + " bytes";
    }
  }
}
