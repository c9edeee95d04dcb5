package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.Jar;
import firstanswer.testing.ScriptedNameServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The packaged jar in front of a server that answers and one that does not. */
class DeadServersIT {
  private static final String UNKNOWN = "nxdomain-0.positive-0.example.";
  private static final int NO_REACHABLE_AUTHORITY = 22;
  private static final int NETWORK_ERROR = 23;

  @TempDir private Path folder;
  private ScriptedNameServer live;
  private DatagramSocket silent;
  private Jar balancer;
  private DnsDatagrams client;

  @BeforeEach
  void start() throws IOException {
    live = new ScriptedNameServer(0);
    silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    balancer =
        Jar.loadBalancer(
            folder, "dns://127.0.0.1:" + live.port(), "dns://127.0.0.1:" + silent.getLocalPort());
    client = DnsDatagrams.with(balancer.ready().get("ls.dns"));
  }

  @AfterEach
  void stop() {
    client.close();
    balancer.close();
    silent.close();
    live.close();
  }

  @Test
  void noWaitsForADeadServerOnlyUntilItIsDown() throws Exception {
    makeKnown();
    long before = System.nanoTime();
    Message no = ask(UNKNOWN);
    assertThat(no.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(errorOf(no).getErrorCode()).isEqualTo(NO_REACHABLE_AUTHORITY);
    assertThat(errorOf(no).getText()).startsWith("without dns://127.0.0.1:").contains(" down: ");
    // Far below the deadline.
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
    assertThat(ask("positive-0.positive-0.example.").getRcode()).isEqualTo(Rcode.NOERROR);
    int port = silent.getLocalPort();
    silent.close();
    try (ScriptedNameServer back = new ScriptedNameServer(1, port)) {
      assertThat(back.port()).isEqualTo(port);
      long returned = System.nanoTime();
      while (ask(UNKNOWN).getRcode() != Rcode.NOERROR) {
        assertThat(Duration.ofNanos(System.nanoTime() - returned))
            .isLessThan(Duration.ofSeconds(30));
        Thread.sleep(100);
      }
    }
    balancer.awaitErrors(": down: silent");
    balancer.awaitErrors(": up again");
  }

  @Test
  void firstNoWaitsForTheDeadline() throws Exception {
    Message no = ask(UNKNOWN);
    assertThat(no.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(errorOf(no).getText()).contains(" down: silent");
  }

  @Test
  void allServersDownIsSaidAtOnce() throws Exception {
    live.close();
    makeKnown();
    long before = System.nanoTime();
    // The servers are still asked a few queries, which wait for them.
    for (int i = 0; i < 50; i++) {
      client.send(query("nxdomain-0.positive-0.m" + i + ".example."));
    }
    Message failure = client.receive();
    assertThat(failure.getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(errorOf(failure).getErrorCode()).isEqualTo(NETWORK_ERROR);
    assertThat(errorOf(failure).getText()).contains(" down: refused; dns://", " down: silent");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
  }

  /** The few queries that it takes; all are answered when it is known. */
  private void makeKnown() throws IOException {
    for (int i = 0; i < 10; i++) {
      client.send(query("nxdomain-0.positive-0.n" + i + ".example."));
    }
    for (int i = 0; i < 10; i++) {
      client.receive();
    }
  }

  private Message ask(String name) throws IOException {
    return client.send(query(name)).receive();
  }

  private static Message query(String name) throws IOException {
    Message query = Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
    query.addRecord(new org.xbill.DNS.OPTRecord(1232, 0, 0), org.xbill.DNS.Section.ADDITIONAL);
    return query;
  }

  private static ExtendedErrorCodeOption errorOf(Message message) {
    return (ExtendedErrorCodeOption)
        message.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).get(0);
  }
}
