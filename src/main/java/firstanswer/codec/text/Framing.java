package firstanswer.codec.text;

/** How the end of a text message is marked. */
public enum Framing {
  /** A newline ends the message; messages may follow each other at once. */
  LINE,
  /** Nothing ends the message but the rest after it: one {@code send()} a message. */
  BARE;

  /** The bytes of {@code text} on the wire, as characters. */
  public String frame(String text) {
    return this == LINE ? text + '\n' : text;
  }
}
