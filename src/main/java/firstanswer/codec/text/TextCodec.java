package firstanswer.codec.text;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Ipv4;
import java.util.Optional;

/** The messages of the text protocol: queries, answers, errors. */
public final class TextCodec {
  /** The message that ends a conversation. */
  public static final String END_OF_CONVERSATION = "EOF";

  /** What a message begins with that refuses another. */
  public static final String ERROR = "ERROR ";

  private static final String NOT_FOUND = "- NOT FOUND";
  private static final String TIMED_OUT = "- TIMED OUT";

  private TextCodec() {}

  /**
   * What a server says of a name.
   *
   * @param name the name that the message begins with, and so the question that it belongs to
   */
  public record NamedAnswer(DomainName name, Answer answer) {}

  /** The name that a query asks for; empty when it is no host name, or the word that ends talk. */
  public static Optional<DomainName> readQuery(String text) {
    return text.equals(END_OF_CONVERSATION) ? Optional.empty() : DomainName.parse(text);
  }

  /**
   * Reads a server's message: {@code Name IPaddress A}, with or without a final {@code IN}, is
   * positive and kept as it stands; {@code Name - NOT FOUND} is NXDOMAIN; {@code Name - TIMED OUT},
   * of a server that itself asks others, is silence. What else begins with a name is a failure;
   * what does not, {@code ERROR …} among it, belongs to no question and is empty.
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
    if (text.startsWith(TIMED_OUT, start)) {
      return Answer.Unheard.SILENT;
    }
    return Answer.Failure.UNREADABLE;
  }

  /** The type must follow: an address at the very end could be the first half of a longer one. */
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

  /** The message that no server has {@code queried}, in the spelling of the client. */
  public static String notFound(String queried) {
    return queried + ' ' + NOT_FOUND;
  }

  /** The message that {@code queried} was not answered in time. */
  public static String timedOut(String queried) {
    return queried + ' ' + TIMED_OUT;
  }

  /** The message that refuses another. */
  public static String error(String reason) {
    return ERROR + reason;
  }
}
