package firstanswer.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the settings of the load balancer. */
final class LoadBalancerReader {
  private static final String KEY = "firstanswer.ls.";
  private static final String WILDCARD =
      ", which stands for every address of a host; expected the address of a server";

  private static final int MAX_UPSTREAMS = 64;
  private static final int MAX_PERCENT = 100;

  /** How long a stub resolver waits for an answer (RES_TIMEOUT, resolv.conf(5)). */
  private static final Duration STUB_PATIENCE = Duration.ofSeconds(5);

  private static final Duration MAX_DELAY = Duration.ofSeconds(10);

  private final ConfigReader reader;
  private final ListenAddressReader listeners;
  private final UpstreamAddressReader addresses;
  private final Collection<String> tableServers;

  LoadBalancerReader(
      ConfigReader reader,
      ListenAddressReader listeners,
      UpstreamAddressReader addresses,
      Collection<String> tableServers) {
    this.reader = reader;
    this.listeners = listeners;
    this.addresses = addresses;
    this.tableServers = tableServers;
  }

  LoadBalancerSettings read() {
    if (listeners.isOff(KEY + "text") && listeners.isOff(KEY + "dns")) {
      reader.problem(KEY + "dns", "ls.text is off, too: nobody could ask");
    }
    return new LoadBalancerSettings(
        listeners.addresses(KEY + "text"),
        listeners.addresses(KEY + "dns"),
        new ClientLimitReader(reader, KEY::concat).read(),
        upstreams(),
        textDeadline(reader),
        dnsDeadline(),
        reader.choice(KEY + "negatives-without", NegativesWithout.class),
        policy());
  }

  private Duration dnsDeadline() {
    String key = KEY + "dns-deadline";
    Duration deadline = reader.duration(key, SettingsReader.MILLISECOND, SettingsReader.MINUTE);
    if (deadline.compareTo(STUB_PATIENCE) > 0) {
      reader.warn(key, "stub resolvers give up after 5s and would not see the answer");
    }
    return deadline;
  }

  private PolicySettings policy() {
    String key = KEY + "hedge-";
    Duration min = reader.duration(key + "delay-min", SettingsReader.MILLISECOND, MAX_DELAY);
    Duration max = reader.duration(key + "delay-max", SettingsReader.MILLISECOND, MAX_DELAY);
    if (max.compareTo(min) < 0) {
      reader.problem(key + "delay-max", "expected at least ls.hedge-delay-min");
    }
    return new PolicySettings(
        reader.choice(KEY + "policy", PolicySettings.Kind.class),
        min,
        max,
        reader.whole(key + "percentile", 1, MAX_PERCENT),
        reader.percent(key + "budget"),
        reader.duration(key + "patience", SettingsReader.MILLISECOND, SettingsReader.MINUTE),
        reader.whole(key + "memory", 1, SettingsReader.MAX_COUNT));
  }

  private List<UpstreamSettings> upstreams() {
    String key = KEY + "upstreams";
    List<UpstreamSettings> upstreams = new ArrayList<>();
    List<String> texts = reader.texts(key);
    for (String upstream : texts) {
      addresses
          .parse(upstream)
          .ifPresentOrElse(
              upstreams::add,
              () -> reader.problem(key, UpstreamAddressReader.problem(upstream, tableServers)));
    }
    expectEachOnce(key, upstreams);
    upstreams.forEach(upstream -> expectOther(key, upstream.address()));
    if (texts.isEmpty() || texts.size() > MAX_UPSTREAMS) {
      reader.problem(key, "expected 1 to " + MAX_UPSTREAMS + " upstreams");
    }
    return upstreams;
  }

  /** Each name may stand for one upstream only. */
  private void expectEachOnce(String key, List<UpstreamSettings> upstreams) {
    Set<String> names = new HashSet<>();
    upstreams.stream()
        .map(upstream -> upstream.address().name())
        .filter(name -> !names.add(name))
        .distinct()
        .forEach(name -> reader.problem(key, name + " is listed twice; list each upstream once"));
  }

  /**
   * Reports an upstream that is our own listener, so that queries would go round in a loop without
   * end, and one at no single address, where that could not be told.
   */
  private void expectOther(String key, UpstreamAddress upstream) {
    if (upstream instanceof UpstreamAddress.Text text) {
      expectOther(key, text.name(), text.server(), "text");
    } else if (upstream instanceof UpstreamAddress.Dns dns) {
      expectOther(key, dns.name(), dns.server(), "dns");
    } else if (upstream instanceof UpstreamAddress.Elsewhere elsewhere) {
      expectOther(key, elsewhere.text());
      expectOther(key, elsewhere.dns());
    }
  }

  private void expectOther(String key, String name, HostPort server, String protocol) {
    if (server.isWildcard()) {
      reader.problem(key, name + " is at " + server + WILDCARD);
      return;
    }
    listeners.addresses(KEY + protocol).stream()
        .filter(listener -> OwnListener.isReached(listener, server))
        .forEach(
            listener ->
                reader.problem(
                    key,
                    String.format(
                        "%s is our own listener, ls.%s = %s; queries would come back to us",
                        name, protocol, listener)));
  }

  /** Also for the client, which needs the deadline even if the load balancer runs elsewhere. */
  static Duration textDeadline(ConfigReader reader) {
    return reader.duration(
        KEY + "text-deadline", SettingsReader.MILLISECOND, SettingsReader.MINUTE);
  }
}
