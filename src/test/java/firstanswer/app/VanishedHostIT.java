package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.Jar;
import firstanswer.testing.NetworkNamespace;
import firstanswer.testing.ScriptedNameServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** A text server on another host, which vanishes without closing its connection. */
class VanishedHostIT {
  private static final String HELD = "nxdomain-0.example.";
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  @TempDir private Path folder;
  private int port;

  @Test
  void hostThatVanishesIsKnownSoonAndFoundAgain() throws Exception {
    Files.writeString(folder.resolve("t.txt"), "nxdomain-0.example 192.0.2.7 A\n");
    try (NetworkNamespace host = NetworkNamespace.create(folder);
        Jar tableServer =
            Jar.startIn(
                host,
                folder,
                "--role=t",
                "-Dfirstanswer.ts.t.table=t.txt",
                "-Dfirstanswer.ts.t.allow=[\"0.0.0.0/0\"]",
                "-Dfirstanswer.ts.t.text=" + NetworkNamespace.ADDRESS + ":0");
        ScriptedNameServer other = new ScriptedNameServer(0);
        Jar balancer =
            Jar.loadBalancer(
                folder,
                "text://" + NetworkNamespace.ADDRESS + ":" + tableServer.ready().get("ts.t.text"),
                "dns://127.0.0.1:" + other.port())) {
      port = balancer.ready().get("ls.dns");
      awaitHeld();
      host.vanish();
      long gone = System.nanoTime();
      // A query that was asked before the server was down waits for its deadline of 4.5 s.
      assertThat(ask(HELD)).isIn(Rcode.SERVFAIL, Rcode.NXDOMAIN);
      balancer.awaitErrors("down: no connection: silent");
      long asked = System.nanoTime();
      assertThat(ask("nxdomain-0.other.example.")).isEqualTo(Rcode.NXDOMAIN);
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(A_SECOND);
      assertThat(Duration.ofNanos(asked - gone)).isLessThan(Duration.ofSeconds(6));
      host.comeBack();
      awaitHeld();
    }
  }

  /** Returns when the server's name is found. */
  private void awaitHeld() throws Exception {
    long begin = System.nanoTime();
    while (ask(HELD) != Rcode.NOERROR) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
      // While the server is known to be down, a "no" comes at once.
      Thread.sleep(10);
    }
  }

  private int ask(String name) throws IOException {
    try (DnsDatagrams client = DnsDatagrams.with(port)) {
      return client
          .send(Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN)))
          .receive()
          .getRcode();
    }
  }
}
