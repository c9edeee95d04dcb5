package firstanswer.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the settings of table servers. */
final class TableServerReader {
  private static final String KEY = "firstanswer.ts.";
  private static final String DEFAULT = "firstanswer.ts-default.";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]*");

  private final ConfigReader reader;
  private final ListenAddressReader listeners;

  TableServerReader(ConfigReader reader, ListenAddressReader listeners) {
    this.reader = reader;
    this.listeners = listeners;
  }

  TableServerSettings read(String name) {
    if (!NAME.matcher(name).matches() || SettingsReader.OTHER_ROLES.contains(name)) {
      reader.problem(KEY + name, "expected a name of a-z, 0-9, - and _, not ls and not client");
    }
    return new TableServerSettings(
        name,
        files(KEY + name + ".table"),
        listeners(name, "text"),
        listeners(name, "dns"),
        reader.choice(orDefault(name, "misses"), Misses.class),
        new ClientLimitReader(reader, key -> orDefault(name, key)).read());
  }

  /** The addresses at which table server {@code name} listens for {@code protocol}, if any. */
  List<HostPort> listeners(String name, String protocol) {
    return listeners.addresses(orDefault(name, protocol));
  }

  private String orDefault(String name, String key) {
    String own = KEY + name + "." + key;
    return reader.has(own) ? own : DEFAULT + key;
  }

  private List<TableFileSettings> files(String key) {
    List<TableFileSettings> files = new ArrayList<>();
    for (String text : reader.textOrTexts(key, "a file, or a list of files")) {
      TableFileSettings.parse(text)
          .ifPresentOrElse(files::add, () -> reader.problem(key, noTableFile(text)));
    }
    return files;
  }

  private static String noTableFile(String text) {
    return "\""
        + text
        + "\" is no table file; expected FILE, names:FILE, hosts:FILE or zone:FILE,"
        + " the last with ?origin=NAME if need be";
  }
}
