package firstanswer.codec.text;

/**
 * One message as it came.
 *
 * @param text the message without the blanks around it, one character a byte (ISO 8859-1); empty
 *     when over-long
 * @param framing how its end was marked, and so how its answer is framed
 * @param overLong whether it was longer than the decoder takes
 */
public record TextMessage(String text, Framing framing, boolean overLong) {
  public TextMessage(String text, Framing framing) {
    this(text, framing, false);
  }
}
