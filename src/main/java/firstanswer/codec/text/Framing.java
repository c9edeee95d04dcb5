package firstanswer.codec.text;

/** How a peer marks the end of a text message. */
public enum Framing {
  /** A newline ends the message. The next message may follow at once. */
  LINE,
  /** The pause after the message ends it: the peer makes one {@code send()} per message. */
  BARE;

  /** {@code text} with the mark of its end, if there is one; one character per byte. */
  public String frame(String text) {
    return this == LINE ? text + '\n' : text;
  }
}
