package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.DnsStream;
import firstanswer.testing.Jar;
import firstanswer.testing.ScriptedNameServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The packaged jar on SIGTERM, with DNS queries in flight. */
class LeavingIT {
  private static final int STATUS_OF_SIGTERM = 143;
  private static final String DATE_AND_TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]{12}";

  @TempDir private Path folder;
  private ScriptedNameServer server;
  private Jar balancer;
  private int port;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedNameServer(0);
    balancer = Jar.loadBalancer(folder, "dns://127.0.0.1:" + server.port());
    port = balancer.ready().get("ls.dns");
  }

  @AfterEach
  void stop() {
    balancer.close();
    server.close();
  }

  @Test
  void sigtermAnswersQueriesInFlightAndEnds() throws Exception {
    try (DnsDatagrams datagrams = DnsDatagrams.with(port);
        DnsStream stream = DnsStream.connect(port)) {
      datagrams.send(query("positive-900.udp.example."));
      stream.send(query("positive-900.tcp.example."));
      // Their answers say that those before them have been taken.
      assertThat(datagrams.send(query("positive-0.udp.example.")).receive().getRcode()).isZero();
      stream.send(query("positive-0.tcp.example."));
      assertThat(stream.receive().getRcode()).isZero();
      balancer.terminate();
      assertThat(datagrams.receive().getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(stream.receive().getRcode()).isEqualTo(Rcode.NOERROR);
    }
    assertThat(balancer.status()).isEqualTo(ExitStatus.OK);
    assertThat(balancer.errors()).doesNotContain("Exception");
  }

  @Test
  void logTellsOfTheStartTheSignalAndTheEnd() throws Exception {
    balancer.terminate();
    assertThat(balancer.status()).isEqualTo(ExitStatus.OK);
    List<String> lines = balancer.errors().lines().toList();
    assertThat(lines).hasSize(3).allMatch(line -> line.matches(DATE_AND_TIME + " INFO  .*"));
    assertThat(lines.get(0))
        .matches(".* firstanswer [0-9.]+: no configuration file; roles ls; upstreams dns://.*")
        .endsWith(":" + server.port());
    assertThat(lines.get(1))
        .endsWith("SIGTERM: answers what is in flight, within 6.0 s at most, and ends");
    assertThat(lines.get(2)).endsWith(" ended");
  }

  @Test
  void secondSignalEndsTheProcessAtOnce() throws Exception {
    try (DnsDatagrams datagrams = DnsDatagrams.with(port)) {
      datagrams.send(query("silence-0.example."));
      assertThat(datagrams.send(query("positive-0.example.")).receive().getRcode()).isZero();
      balancer.terminate();
      // It waits for the first query; a signal that comes too early is one with the first.
      while (balancer.isAlive()) {
        balancer.signal("TERM");
      }
      assertThat(balancer.status()).isEqualTo(STATUS_OF_SIGTERM);
    }
  }

  private static Message query(String name) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
  }
}
