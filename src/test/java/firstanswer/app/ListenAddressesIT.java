package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.config.HostPort;
import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.Jar;
import firstanswer.testing.NetworkNamespace;
import firstanswer.testing.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** A server at several addresses, and at all addresses of its host. */
class ListenAddressesIT {
  @TempDir private Path folder;

  @BeforeEach
  void writeTable() throws IOException {
    Files.writeString(folder.resolve("t.txt"), "a.example 192.0.2.1 A\n");
  }

  @Test
  void everyAddressIsPrintedAndServedUntilSigterm() throws Exception {
    try (Jar jar =
        Jar.start(
            folder,
            "--role=t",
            "-Dfirstanswer.ts.t.table=t.txt",
            "-Dfirstanswer.ts.t.text=[\"127.0.0.1:0\", \"[::1]:0\"]",
            "-Dfirstanswer.ts.t.dns=[\"[::1]:0\", \"127.0.0.1:0\"]")) {
      Map<String, List<HostPort>> bound = jar.readyAt();
      assertThat(bound.get("ts.t.text"))
          .extracting(HostPort::host)
          .containsExactly("127.0.0.1", "0:0:0:0:0:0:0:1");
      assertThat(bound.get("ts.t.dns"))
          .extracting(HostPort::host)
          .containsExactly("0:0:0:0:0:0:0:1", "127.0.0.1");
      for (HostPort dns : bound.get("ts.t.dns")) {
        assertThat(ask(dns).getRcode()).isEqualTo(Rcode.NOERROR);
      }
      for (HostPort text : bound.get("ts.t.text")) {
        new Socket(text.host(), text.port()).close();
      }
      jar.terminate();
      assertThat(jar.status()).isEqualTo(ExitStatus.OK);
    }
  }

  @Test
  void addressInUseIsOneLineAndEndsTheProcess() throws Exception {
    try (ServerSocket used = Peer.listen()) {
      String taken = "127.0.0.1:" + used.getLocalPort();
      Jar jar =
          Jar.start(
              folder,
              "--role=t",
              "-Dfirstanswer.ts.t.table=t.txt",
              "-Dfirstanswer.ts.t.dns=[\"127.0.0.1:0\", \"" + taken + "\"]");
      assertThat(jar.output()).isEmpty();
      assertThat(jar.status()).isEqualTo(ExitStatus.CANNOT_START);
      assertThat(jar.errors())
          .matches(
              "[-0-9]+ [0-9:.]+ INFO  firstanswer .*\n"
                  + Pattern.quote(
                      "firstanswer: cannot listen at "
                          + taken
                          + " (ts.t.dns): Address already in use\n"));
    }
  }

  /** The system would answer from the first address, and the client would not take the answer. */
  @Test
  void addressThatComesLaterIsAnsweredFromItself() throws Exception {
    String later = "198.51.100.3";
    try (NetworkNamespace host = NetworkNamespace.create(folder);
        Jar jar =
            Jar.startIn(
                host,
                folder,
                "--role=t",
                "-Dfirstanswer.ts.t.table=t.txt",
                "-Dfirstanswer.ts.t.allow=[\"any\"]",
                "-Dfirstanswer.ts.t.dns=0.0.0.0:0")) {
      int port = jar.ready().get("ts.t.dns");
      assertThat(ask(new HostPort(NetworkNamespace.ADDRESS, port)).getRcode())
          .isEqualTo(Rcode.NOERROR);
      host.add(later);
      for (int tries = 0; !answers(new HostPort(later, port)); tries++) {
        assertThat(tries).isLessThan(100);
      }
    }
  }

  private static boolean answers(HostPort server) throws IOException {
    try {
      return ask(server, Duration.ofMillis(500)).getRcode() == Rcode.NOERROR;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static Message ask(HostPort server) throws IOException {
    return ask(server, Duration.ofSeconds(10));
  }

  private static Message ask(HostPort server, Duration patience) throws IOException {
    Record question = Record.newRecord(Name.fromString("a.example."), Type.A, DClass.IN);
    try (DnsDatagrams client =
        DnsDatagrams.with(new InetSocketAddress(server.host(), server.port()))) {
      return client.waiting(patience).send(Message.newQuery(question)).receive();
    }
  }
}
