package firstanswer.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Makes {@link Settings} of a configuration, or says everything that is wrong with it. */
public final class SettingsReader {
  private static final String ROOT = "firstanswer";
  private static final String LS = "ls";
  private static final String CLIENT = "client";
  static final int MAX_COUNT = 1_000_000;
  static final Duration MILLISECOND = Duration.ofMillis(1);
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Duration DAY = Duration.ofDays(1);
  private static final Pattern TABLE_SERVER_NAME = Pattern.compile("[a-z0-9][a-z0-9_-]*");

  private final Config config;
  private final ConfigReader reader;
  private final Set<String> tableServerNames;
  private final Set<String> roles;

  private SettingsReader(Config config) {
    this.config = config;
    this.reader = new ConfigReader(config);
    this.tableServerNames = new TreeSet<>(config.getObject(ROOT + ".ts").keySet());
    this.roles = readRoles();
  }

  /**
   * The whole configuration: the defaults, over them {@code file}, environment variables and system
   * properties, and over all the command line.
   *
   * @param commandLine values by key
   * @throws SettingsException if the file cannot be read or is not HOCON
   */
  public static Config load(Optional<Path> file, Map<String, ?> commandLine)
      throws SettingsException {
    try {
      ConfigFactory.invalidateCaches();
      return commandLine(commandLine)
          .withFallback(ConfigFactory.systemEnvironmentOverrides())
          .withFallback(ConfigFactory.systemProperties())
          .withFallback(file.isPresent() ? parse(file.get()) : ConfigFactory.empty())
          .withFallback(ConfigFactory.defaultReferenceUnresolved())
          .resolve();
    } catch (ConfigException e) {
      throw new SettingsException(List.of(firstLine(e)));
    }
  }

  /** Texts that begin with a bracket are lists, as they would be in a file. */
  private static Config commandLine(Map<String, ?> values) throws SettingsException {
    Map<String, Object> read = new HashMap<>();
    for (Map.Entry<String, ?> value : values.entrySet()) {
      boolean list = value.getValue() instanceof String text && text.startsWith("[");
      read.put(
          value.getKey(),
          list
              ? ConfigFactory.parseString("list = " + value.getValue()).getValue("list").unwrapped()
              : value.getValue());
    }
    Config config = ConfigFactory.parseMap(read, "command line");
    expectOurs(config, "command line");
    return config;
  }

  /** A section of another name is a slip, which would otherwise go unnoticed. */
  private static void expectOurs(Config config, String source) throws SettingsException {
    for (String key : config.root().keySet()) {
      if (!key.equals(ROOT) && !key.equals("akka")) {
        throw new SettingsException(
            List.of(source + ": " + key + ": unknown key; ours begin with " + ROOT));
      }
    }
  }

  private static Config parse(Path file) throws SettingsException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new SettingsException(List.of(file + ": no such file, or not readable"));
    }
    Config config =
        ConfigFactory.parseFile(
            file.toFile(), ConfigParseOptions.defaults().setOriginDescription(file.toString()));
    expectOurs(config, file.toString());
    return config;
  }

  private static String firstLine(ConfigException e) {
    return e.getMessage().lines().findFirst().orElse("configuration cannot be read");
  }

  /**
   * The settings that {@code config} holds.
   *
   * @throws SettingsException with every problem found
   */
  public static Settings read(Config config) throws SettingsException {
    try {
      return new SettingsReader(config).read();
    } catch (ConfigException e) {
      throw new SettingsException(List.of(firstLine(e)));
    }
  }

  private Settings read() throws SettingsException {
    expectKnownKeys();
    Settings settings =
        new Settings(
            tableServerNames.stream().filter(roles::contains).map(this::tableServer).toList(),
            optional(LS).map(role -> loadBalancer()),
            optional(CLIENT).map(role -> new ClientReader(reader, roles.contains(LS)).read()),
            new ProtocolReader(reader).read());
    if (!reader.problems().isEmpty()) {
      throw new SettingsException(reader.problems());
    }
    return settings;
  }

  private Optional<String> optional(String role) {
    return roles.contains(role) ? Optional.of(role) : Optional.empty();
  }

  /** The defaults hold every key, so they are also the list of what is known. */
  private void expectKnownKeys() {
    Config defaults = ConfigFactory.defaultReference();
    List<String> sections = keys(defaults, ROOT);
    reader.expectOnly(ROOT, sections);
    for (String section : sections) {
      if (!section.equals("ts") && !section.equals("roles")) {
        reader.expectOnly(ROOT + "." + section, keys(defaults, ROOT + "." + section));
      }
    }
    List<String> ofTableServers = new ArrayList<>(List.of("table"));
    ofTableServers.addAll(keys(defaults, ROOT + ".ts-default"));
    tableServerNames.forEach(name -> reader.expectOnly(ROOT + ".ts." + name, ofTableServers));
  }

  private static List<String> keys(Config defaults, String path) {
    return defaults.getObject(path).keySet().stream().sorted().toList();
  }

  private Set<String> readRoles() {
    Set<String> known = new TreeSet<>(tableServerNames);
    known.add(LS);
    known.add(CLIENT);
    List<String> chosen = reader.texts(ROOT + ".roles");
    for (String role : chosen) {
      if (!known.contains(role)) {
        reader.problem(ROOT + ".roles", "unknown role " + role + "; there are " + known);
      }
    }
    if (chosen.isEmpty()) {
      reader.problem(ROOT + ".roles", "nothing to run; there are " + known);
    }
    return new TreeSet<>(chosen);
  }

  private TableServerSettings tableServer(String name) {
    String key = ROOT + ".ts." + name;
    if (!TABLE_SERVER_NAME.matcher(name).matches() || name.equals(LS) || name.equals(CLIENT)) {
      reader.problem(key, "expected a name of a-z, 0-9, - and _, not ls and not client");
    }
    return new TableServerSettings(
        name,
        tableFiles(key + ".table"),
        reader.listener(orDefault(name, "text")),
        reader.listener(orDefault(name, "dns")),
        reader.choice(orDefault(name, "misses"), Misses.class));
  }

  private List<TableFileSettings> tableFiles(String key) {
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

  private String orDefault(String tableServer, String key) {
    String own = ROOT + ".ts." + tableServer + "." + key;
    return config.hasPath(own) ? own : ROOT + ".ts-default." + key;
  }

  private LoadBalancerSettings loadBalancer() {
    UpstreamAddresses addresses = new UpstreamAddresses(roles, this::listenerOf);
    return new LoadBalancerReader(reader, addresses, tableServerNames).read();
  }

  private Optional<HostPort> listenerOf(String tableServer, String protocol) {
    return tableServerNames.contains(tableServer)
        ? reader.listener(orDefault(tableServer, protocol))
        : Optional.empty();
  }
}
