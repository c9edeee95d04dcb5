package firstanswer.dns;

import firstanswer.dns.message.WireMessage;
import java.util.Optional;

/** An answer in the words of its server, ready to be relayed. */
public sealed interface Content {

  /** A line of the text protocol, without its newline. */
  record Line(String text) implements Content {}

  /** A DNS message (RFC 1035 section 4.1), with the scan that every later reader uses. */
  record Message(WireMessage wire) implements Content {

    /**
     * Scans {@code bytes} and takes them over.
     *
     * @throws IllegalArgumentException if the bytes are not a whole message
     */
    public Message(byte[] bytes) {
      this(
          WireMessage.read(bytes)
              .orElseThrow(
                  () -> new IllegalArgumentException(bytes.length + " bytes, not a DNS message")));
    }

    /**
     * Scans {@code bytes} and takes them over; empty if the bytes do not begin with a whole
     * message. Leaves out the bytes behind the message.
     */
    public static Optional<Message> read(byte[] bytes) {
      return WireMessage.readLeading(bytes).map(Message::new);
    }

    /** The message itself, not a copy. */
    public byte[] bytes() {
      return wire.bytes();
    }
  }
}
