package firstanswer.config;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes {@link Settings} of a configuration, or reports all its problems. */
public final class SettingsReader {
  private static final String ROLES = "firstanswer.roles";
  private static final String LS = "ls";
  private static final String CLIENT = "client";

  /** Roles that are not table servers. */
  static final Set<String> OTHER_ROLES = Set.of(LS, CLIENT);

  static final int MAX_COUNT = 1_000_000;
  static final Duration MILLISECOND = Duration.ofMillis(1);
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Duration DAY = Duration.ofDays(1);

  private final Findings findings;
  private final ConfigReader reader;
  private final ListenAddressReader listeners;
  private final TableServerReader tableServers;
  private final Set<String> tableServerNames;
  private final Set<String> roles;

  private SettingsReader(Config config, Findings findings, Set<String> tableServerNames) {
    this.findings = findings;
    this.reader = new ConfigReader(config, findings);
    this.listeners = new ListenAddressReader(reader);
    this.tableServers = new TableServerReader(reader, listeners);
    this.tableServerNames = tableServerNames;
    this.roles = readRoles();
  }

  /**
   * The settings that {@code config} holds.
   *
   * @throws SettingsException with every problem found
   */
  public static Settings read(Config config) throws SettingsException {
    Findings findings = new Findings(config);
    KnownKeys keys = new KnownKeys(config, findings);
    keys.expectSections();
    findings.stopAtProblems();
    keys.expectOnlyKnown();
    Set<String> tableServerNames = new TreeSet<>(config.getObject("firstanswer.ts").keySet());
    Settings settings = new SettingsReader(config, findings, tableServerNames).read();
    findings.stopAtProblems();
    return settings;
  }

  /** Reads everything, then takes the warnings. */
  private Settings read() {
    return new Settings(
        tableServerNames.stream().filter(roles::contains).map(tableServers::read).toList(),
        optional(LS).map(role -> loadBalancer()),
        optional(CLIENT).map(role -> new ClientReader(reader, roles.contains(LS)).read()),
        new ProtocolReader(reader).read(),
        findings.warnings());
  }

  private Optional<String> optional(String role) {
    return roles.contains(role) ? Optional.of(role) : Optional.empty();
  }

  private Set<String> readRoles() {
    Set<String> known = new TreeSet<>(tableServerNames);
    known.addAll(OTHER_ROLES);
    List<String> chosen = reader.texts(ROLES);
    for (String role : chosen) {
      if (!known.contains(role)) {
        String meant = Suggestion.question(role, known);
        reader.problem(ROLES, "unknown role " + role + "; there are " + known + meant);
      }
    }
    if (chosen.isEmpty()) {
      reader.problem(ROLES, "nothing to run; there are " + known);
    }
    return new TreeSet<>(chosen);
  }

  private LoadBalancerSettings loadBalancer() {
    UpstreamAddressReader addresses = new UpstreamAddressReader(roles, this::listenersOf);
    return new LoadBalancerReader(reader, listeners, addresses, tableServerNames).read();
  }

  private List<HostPort> listenersOf(String tableServer, String protocol) {
    return tableServerNames.contains(tableServer)
        ? tableServers.listeners(tableServer, protocol)
        : List.of();
  }
}
