package firstanswer.codec.text;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Ipv4;
import java.util.Optional;

/** Reads and writes the messages of the text protocol: queries, answers, errors. */
public final class TextCodec {
  /** The message that ends a conversation. */
  public static final String END_OF_CONVERSATION = "EOF";

  /** The start of a message that refuses another message. */
  public static final String ERROR = "ERROR ";

  private static final String NOT_FOUND = "- NOT FOUND";

  private TextCodec() {}

  /**
   * An answer and the name that it is about.
   *
   * @param name the first field of the message; it tells which query the answer belongs to
   */
  public record NamedAnswer(DomainName name, Answer answer) {}

  /** The name that a query asks for; empty if {@code text} is no host name, or {@code EOF}. */
  public static Optional<DomainName> readQuery(String text) {
    return text.equals(END_OF_CONVERSATION) ? Optional.empty() : DomainName.parse(text);
  }

  /**
   * Reads a server's message.
   *
   * <ul>
   *   <li>{@code Name IPaddress A}, with or without a final {@code IN}, is positive; the text is
   *       kept unchanged.
   *   <li>{@code Name - NOT FOUND} is NXDOMAIN.
   *   <li>{@code Name - TIMED OUT} is silence: that server asks other servers, and they were
   *       silent.
   *   <li>A name and any other text is a failure.
   *   <li>All other messages, {@code ERROR} and a reason among them, belong to no query: empty.
   * </ul>
   */
  public static Optional<NamedAnswer> readAnswer(String text) {
    int nameEnd = endOfField(text, 0);
    if (nameEnd == text.length() || text.startsWith(ERROR)) {
      return Optional.empty();
    }
    return DomainName.parse(text.substring(0, nameEnd))
        .map(n -> new NamedAnswer(n, answerOf(text, startOfField(text, nameEnd))));
  }

  private static Answer answerOf(String text, int start) {
    if (isAddressOfTypeA(text, start)) {
      return Answer.Positive.line(text);
    }
    if (text.startsWith(NOT_FOUND, start)) {
      return Answer.Negative.NXDOMAIN;
    }
    if (TimedOutLine.isAt(text, start)) {
      return Answer.Unheard.SILENT;
    }
    return Answer.Failure.UNREADABLE;
  }

  /** An address without a type does not count: its last digits may still be on their way. */
  private static boolean isAddressOfTypeA(String text, int start) {
    int addressEnd = endOfField(text, start);
    int typeStart = startOfField(text, addressEnd);
    return endOfField(text, typeStart) == typeStart + 1
        && text.charAt(typeStart) == 'A'
        && Ipv4.isAddress(text.substring(start, addressEnd));
  }

  private static int endOfField(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) > ' ') {
      i++;
    }
    return i;
  }

  private static int startOfField(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) <= ' ') {
      i++;
    }
    return i;
  }

  /** The answer of a table that holds {@code name} with the IPv4 address {@code address}. */
  public static String positive(String name, String address) {
    return name + ' ' + address + " A IN";
  }

  /** The message that no server has the name {@code queried}, in the spelling of the client. */
  public static String notFound(String queried) {
    return queried + ' ' + NOT_FOUND;
  }

  /** The message that refuses another message. */
  public static String error(String reason) {
    return ERROR + reason;
  }
}
