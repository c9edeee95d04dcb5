package firstanswer.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Notes every unknown key. The defaults hold every known key. */
final class KnownKeys {
  private static final String ROOT = "firstanswer";
  private static final String AKKA = "akka";
  private static final String TABLE_SERVERS = ROOT + ".ts";

  /** The section with the keys of every table server; {@code ts} itself is empty by default. */
  private static final String OF_TABLE_SERVERS = ROOT + ".ts-default";

  private final Config config;
  private final Findings findings;
  private final Config defaults = ConfigFactory.defaultReference();

  KnownKeys(Config config, Findings findings) {
    this.config = config;
    this.findings = findings;
  }

  /**
   * Reports a section with another name than ours, which would otherwise go unnoticed.
   *
   * @param config the configuration of one source, without the defaults
   */
  static void expectOurs(Config config) throws SettingsException {
    Config defaults = ConfigFactory.defaultReference();
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> entry : config.root().entrySet()) {
      if (!entry.getKey().equals(ROOT) && !entry.getKey().equals(AKKA)) {
        String meant =
            Suggestion.of(entry.getKey(), List.of(ROOT))
                .or(() -> elsewhere(defaults, entry.getKey()))
                .map(known -> "did you mean " + known + "?")
                .orElse("ours begin with " + ROOT);
        problems.add(unknown(entry.getValue(), ConfigUtil.joinPath(entry.getKey())) + meant);
      }
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }

  /** Reports a plain value in the place of a section, whose keys cannot be read then. */
  void expectSections() {
    if (!isSection(ROOT)) {
      return;
    }
    List<String> sections = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> entry : defaults.getObject(ROOT).entrySet()) {
      if (entry.getValue() instanceof ConfigObject) {
        sections.add(ROOT + "." + entry.getKey());
      }
    }
    sections.removeIf(this::isSection);
    if (sections.isEmpty()) {
      config.getObject(TABLE_SERVERS).keySet().forEach(name -> isSection(tableServer(name)));
    }
  }

  private boolean isSection(String path) {
    boolean section = config.getValue(path).valueType() == ConfigValueType.OBJECT;
    if (!section) {
      findings.problem(path, "expected a section, " + path + " { ... }");
    }
    return section;
  }

  /** Reports the keys that are unknown. */
  void expectOnlyKnown() {
    expectOnly(ROOT, keys(ROOT));
    for (String key : keys(ROOT)) {
      String path = ROOT + "." + key;
      if (!path.equals(TABLE_SERVERS) && defaults.getValue(path) instanceof ConfigObject) {
        expectOnly(path, keys(path));
      }
    }
    Collection<String> ofTableServers = keys(OF_TABLE_SERVERS);
    ofTableServers.add("table");
    for (String name : config.getObject(TABLE_SERVERS).keySet()) {
      expectOnly(tableServer(name), ofTableServers);
    }
  }

  private static String tableServer(String name) {
    return TABLE_SERVERS + "." + ConfigUtil.joinPath(name);
  }

  private Collection<String> keys(String path) {
    return new TreeSet<>(defaults.getObject(path).keySet());
  }

  private void expectOnly(String path, Collection<String> known) {
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(config.getObject(path)).entrySet()) {
      if (!known.contains(entry.getKey())) {
        String meant =
            Suggestion.of(entry.getKey(), known)
                .map(key -> path + "." + key)
                .or(() -> elsewhere(defaults, entry.getKey()))
                .map(key -> "did you mean " + key + "?")
                .orElse(path + " has " + String.join(", ", known));
        String key = path + "." + ConfigUtil.joinPath(entry.getKey());
        findings.add(unknown(entry.getValue(), key) + meant);
      }
    }
  }

  private static String unknown(ConfigValue value, String key) {
    return HoconMistake.place(value.origin()) + ": " + key + ": unknown key; ";
  }

  /** The sections that have a key of this name, or the section of this name. */
  private static Optional<String> elsewhere(Config defaults, String key) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> section : defaults.getObject(ROOT).entrySet()) {
      String path = ROOT + "." + section.getKey();
      if (section.getKey().equals(key)) {
        found.add(path);
      }
      if (section.getValue() instanceof ConfigObject keys && keys.containsKey(key)) {
        found.add(path + "." + key);
      }
    }
    if (key.equals("table")) {
      found.add(TABLE_SERVERS + ".NAME.table");
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(" or ", found.stream().sorted().toList()));
  }
}
