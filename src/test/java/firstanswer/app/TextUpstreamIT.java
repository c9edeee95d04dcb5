package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.Jar;
import firstanswer.testing.ScriptedNameServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** DNS questions to a load balancer with a text server that says its misses, and a name server. */
class TextUpstreamIT {
  @TempDir private Path folder;
  private ScriptedNameServer nameServer;
  private Jar tableServer;
  private Jar balancer;
  private int port;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("t.txt"), "nxdomain-0.example 192.0.2.7 A\n");
    Files.writeString(
        folder.resolve("ts.conf"),
        "firstanswer { roles = [t], ts.t { table = t.txt, text = \"127.0.0.1:0\", dns ="
            + " \"127.0.0.1:0\", misses = answered } }");
    nameServer = new ScriptedNameServer(0);
    tableServer = Jar.start(folder, "-c", "ts.conf");
    int text = tableServer.ready().get("ts.t.text");
    balancer =
        Jar.loadBalancer(
            folder, "text://127.0.0.1:" + text, "dns://127.0.0.1:" + nameServer.port());
    port = balancer.ready().get("ls.dns");
  }

  @AfterEach
  void stop() {
    balancer.close();
    tableServer.close();
    nameServer.close();
  }

  /** A false NXDOMAIN would take the name's address away as well (RFC 8020). */
  @Test
  void typeThatATextServerCannotHaveIsNodataForItsNames() throws Exception {
    Message address = ask("nxdomain-0.example.", Type.A);
    assertThat(address.getSection(Section.ANSWER))
        .singleElement()
        .asString()
        .endsWith("A\t192.0.2.7");
    for (int type : new int[] {Type.AAAA, Type.MX, Type.TXT}) {
      Message other = ask("nxdomain-0.example.", type);
      assertThat(other.getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(other.getSection(Section.ANSWER)).isEmpty();
    }
  }

  @Test
  void typeThatATextServerCannotHaveIsNxdomainForNamesThatItLacks() throws Exception {
    assertThat(ask("nxdomain-0.other.example.", Type.AAAA).getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  private Message ask(String name, int type) throws IOException {
    try (DnsDatagrams client = DnsDatagrams.with(port)) {
      return client
          .send(Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)))
          .receive();
    }
  }
}
