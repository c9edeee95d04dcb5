package firstanswer.config;

import firstanswer.codec.text.Framing;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Type;

/** Reads the settings of the batch client. */
final class ClientReader {
  private static final String KEY = "firstanswer.client.";
  private static final String LS_TEXT = "firstanswer.ls.text";
  private static final String DNS_URI = "dns://";
  private static final String FORM =
      "host:port, dns://host:port, or ls where this process runs the load balancer";
  private static final UpstreamAddress NOWHERE = new UpstreamAddress.Dns("", new HostPort("", 0));

  private final ConfigReader reader;
  private final boolean loadBalancerHere;

  ClientReader(ConfigReader reader, boolean loadBalancerHere) {
    this.reader = reader;
    this.loadBalancerHere = loadBalancerHere;
  }

  ClientSettings read() {
    Framing framing = reader.choice(KEY + "framing", Framing.class);
    Optional<UpstreamAddress> server = server(framing);
    return new ClientSettings(
        server,
        type(server),
        reader.file(KEY + "input"),
        reader.file(KEY + "output"),
        framing,
        reader.whole(KEY + "window", 1, SettingsReader.MAX_COUNT),
        timeout());
  }

  private Optional<UpstreamAddress> server(Framing framing) {
    boolean inThisProcess = reader.is(KEY + "server", "ls") && loadBalancerHere;
    if (inThisProcess && reader.is(LS_TEXT, "off")) {
      reader.problem(KEY + "server", "the load balancer's ls.text is off");
    }
    return inThisProcess
        ? Optional.empty()
        : Optional.of(reader.parsed(KEY + "server", FORM, NOWHERE, text -> parse(text, framing)));
  }

  private static Optional<UpstreamAddress> parse(String text, Framing framing) {
    return text.startsWith(DNS_URI)
        ? UpstreamAddressReader.dnsServer(text.substring(DNS_URI.length()))
            .map(server -> new UpstreamAddress.Dns(text, server))
        : HostPort.parse(text)
            .filter(server -> server.port() > 0)
            .map(server -> new UpstreamAddress.Text(text, server, framing));
  }

  private int type(Optional<UpstreamAddress> server) {
    String key = KEY + "type";
    int type =
        reader.parsed(
            key,
            "a type such as A, AAAA or TYPE65280",
            Type.A,
            text ->
                Optional.of(Type.value(text.toUpperCase(Locale.ROOT), false))
                    .filter(ClientReader::isOfData));
    if (type != Type.A && !(server.orElse(null) instanceof UpstreamAddress.Dns)) {
      reader.problem(key, "the text protocol knows type A only; ask a dns:// server");
    }
    return type;
  }

  /**
   * Types 249 (TKEY) to 255 (ANY) and OPT are not types of data (IANA, DNS Resource Record Types).
   */
  private static boolean isOfData(int type) {
    return type > 0 && type != Type.OPT && (type < Type.TKEY || type > Type.ANY);
  }

  private Duration timeout() {
    String key = KEY + "timeout";
    Duration timeout = reader.duration(key, SettingsReader.MILLISECOND, SettingsReader.DAY);
    if (timeout.compareTo(LoadBalancerReader.textDeadline(reader)) <= 0) {
      reader.problem(key, "expected more than ls.text-deadline");
    }
    return timeout;
  }
}
