package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.DnsStream;
import firstanswer.testing.Jar;
import firstanswer.testing.ScriptedNameServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The packaged jar with a rate for each client, one of whom floods it while another asks. */
@EnabledOnOs(OS.LINUX)
class FloodIT {
  private static final int RATE = 50;

  /** Under the rate even if they take no time. */
  private static final int MODEST = RATE - 1;

  /** On their way at a time: few enough that none is lost on the way. */
  private static final int BURST = 100;

  @TempDir private Path folder;

  @Test
  void floodRefusesTheFlooderAndNoOneElse() throws Exception {
    try (ScriptedNameServer upstream = new ScriptedNameServer(0);
        Jar jar =
            Jar.loadBalancer(
                folder,
                List.of("-Dfirstanswer.ls.client-rate=" + RATE),
                "dns://127.0.0.1:" + upstream.port())) {
      int port = jar.ready().get("ls.dns");
      AtomicInteger refused = new AtomicInteger();
      AtomicBoolean over = new AtomicBoolean();
      CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> flood(port, refused, over));
      try (DnsDatagrams other = DnsDatagrams.with(port, "127.0.0.2")) {
        for (int i = 0; i < MODEST; i++) {
          assertPositive(other.send(query()).receive());
        }
      }
      over.set(true);
      flood.join();
      assertThat(refused).hasPositiveValue();
      jar.terminate();
      assertThat(jar.status()).isZero();
      assertThat(jar.errors()).contains("refused, the last to 127.0.0.1: queries over the rate");
    }
  }

  /** Bursts over UDP, one after the other, and what is refused there once more over TCP. */
  private static void flood(int port, AtomicInteger refused, AtomicBoolean over) {
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      do {
        for (int i = 0; i < BURST; i++) {
          udp.send(query());
        }
        for (int i = 0; i < BURST; i++) {
          if (udp.receive().getHeader().getFlag(Flags.TC)) {
            refused.incrementAndGet();
          }
        }
        assertThat(tcp.send(query()).receive().getRcode()).isIn(Rcode.NOERROR, Rcode.REFUSED);
      } while (!over.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertPositive(Message answer) {
    assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
  }

  private static Message query() throws IOException {
    Name name = Name.fromString("positive-0.example.");
    return Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
  }
}
