package firstanswer.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the addresses to listen at: one text, a list of texts, or the word {@code off}. Several
 * readers may ask for one key; its problems are noted once.
 */
final class ListenAddressReader {
  private static final String OFF = "off";
  private static final String FORM =
      "host:port, or off, or a list such as [\"127.0.0.1:53\", \"[::1]:53\"]";

  /** Each address has sockets, and they must be few enough for the limit on open files. */
  private static final int MAX_ADDRESSES = 64;

  private final ConfigReader reader;
  private final Map<String, List<HostPort>> read = new HashMap<>();

  ListenAddressReader(ConfigReader reader) {
    this.reader = reader;
  }

  /** Whether {@code key} is the word {@code off}. */
  boolean isOff(String key) {
    return reader.is(key, OFF);
  }

  /** The addresses, in the order of the configuration; none for {@code off}. */
  List<HostPort> addresses(String key) {
    return isOff(key) ? List.of() : read.computeIfAbsent(key, this::read);
  }

  private List<HostPort> read(String key) {
    List<String> texts = reader.textOrTexts(key, FORM);
    List<HostPort> addresses = new ArrayList<>();
    for (String text : texts) {
      Optional<HostPort> address = HostPort.parse(text);
      if (address.isPresent()) {
        expectOther(key, addresses, address.get());
        addresses.add(address.get());
      } else {
        reader.problem(key, problem(texts, text));
      }
    }
    if (addresses.size() > MAX_ADDRESSES) {
      reader.problem(key, "expected at most " + MAX_ADDRESSES + " addresses");
    }
    return addresses;
  }

  private static String problem(List<String> texts, String text) {
    if (texts.size() == 1) {
      return "expected " + FORM;
    }
    return text.equals(OFF)
        ? "off is no address; write off alone, without a list"
        : "\"" + text + "\" is no address; expected host:port";
  }

  /** Reports an address that could not be bound beside one that is listed before it. */
  private void expectOther(String key, List<HostPort> before, HostPort address) {
    before.stream()
        .filter(other -> isTaken(other, address))
        .findFirst()
        .ifPresent(
            other ->
                reader.problem(
                    key,
                    isSame(other, address)
                        ? address + " is listed twice; list each address once"
                        : overlap(other, address)));
  }

  private static String overlap(HostPort one, HostPort other) {
    HostPort every = one.isWildcard() ? one : other;
    HostPort single = one.isWildcard() ? other : one;
    return every + " leaves no port for " + single + "; list one of the two";
  }

  /** A wildcard takes its port at every address; over TCP, 0.0.0.0 takes that of IPv6, too. */
  private static boolean isTaken(HostPort before, HostPort address) {
    return isSame(before, address)
        || (before.port() == address.port()
            && address.port() != 0
            && (before.isWildcard() || address.isWildcard()));
  }

  private static boolean isSame(HostPort one, HostPort other) {
    return one.port() == other.port()
        && (one.host().equalsIgnoreCase(other.host())
            || (one.literal().isPresent() && one.literal().equals(other.literal())));
  }
}
