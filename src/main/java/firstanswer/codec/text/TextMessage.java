package firstanswer.codec.text;

/**
 * One message of a peer.
 *
 * @param text the message without the blanks around it, one character per byte (ISO 8859-1); empty
 *     if the message is too long
 * @param framing how the peer marked its end; the answer is framed the same way
 * @param overLong whether the message is longer than the decoder allows
 */
public record TextMessage(String text, Framing framing, boolean overLong) {
  /** A message within the limit. */
  public TextMessage(String text, Framing framing) {
    this(text, framing, false);
  }
}
