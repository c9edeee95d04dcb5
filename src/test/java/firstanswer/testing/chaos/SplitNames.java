package firstanswer.testing.chaos;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Names that are spread over servers: a few have two of them, and some have none. All there is to
 * know of a name follows from its number, so an answer to another question is known by its address.
 */
public final class SplitNames {
  /** Numbers are below this. */
  public static final int COUNT = 10_000;

  /** Servers have numbers from 0 to below this. */
  public static final int SERVERS = 4;

  private static final Pattern NAME = Pattern.compile("n(\\d{1,4})\\.chaos\\.example\\.?");

  /** Held by nobody. */
  private static final int NOBODY = SERVERS;

  private SplitNames() {}

  /** Without a dot at its end. */
  public static String name(int number) {
    return "n" + number + ".chaos.example";
  }

  /** Of IPv4, and of no other name. */
  public static String address(int number) {
    return "10.66." + number / 256 + "." + number % 256;
  }

  /** Whether anybody holds it. */
  public static boolean isHeld(int number) {
    return IntStream.range(0, SERVERS).anyMatch(server -> isHeldBy(number, server));
  }

  private static boolean isHeldBy(int number, int server) {
    int places = NOBODY + 1;
    boolean second = number % 3 == 0 && number / places % places == server;
    return number % places == server || second;
  }

  /** Whether it is one of the names, of any case, and {@code server} holds it. */
  static boolean isHeldBy(String name, int server) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() && isHeldBy(Integer.parseInt(matcher.group(1)), server);
  }

  /** The address of a name that is held. */
  static String address(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(name);
    }
    return address(Integer.parseInt(matcher.group(1)));
  }

  /** The names of {@code server}, as a table file. */
  static List<String> table(int server) {
    return IntStream.range(0, COUNT)
        .filter(number -> isHeldBy(number, server))
        .mapToObj(number -> name(number) + " " + address(number) + " A")
        .toList();
  }
}
