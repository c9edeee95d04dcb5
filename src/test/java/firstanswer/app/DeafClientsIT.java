package firstanswer.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.DnsStream;
import firstanswer.testing.Jar;
import firstanswer.testing.Peer;
import firstanswer.testing.ProcessUsage;
import firstanswer.testing.attack.DeafClients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The packaged jar with a small heap against clients that ask for much and read nothing, while one
 * client of each protocol asks what it needs. {@code -Dsoak.seconds=N} makes it longer.
 */
@EnabledOnOs(OS.LINUX)
class DeafClientsIT {
  private static final Duration ATTACK = Duration.ofSeconds(Integer.getInteger("soak.seconds", 4));
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  /** Other tests and builds may take the processors from us for a while. */
  private static final int USUALLY = 90;

  private static final Duration ON_A_BUSY_MACHINE = Duration.ofSeconds(4);
  private static final String OTHER_CLIENT = "127.0.0.2";

  /** 230 records of 250 bytes: the longest answer that the limit of DNS leaves room for. */
  private static final int RECORDS = 230;

  /** Queries of each bystander before the attack: a process that has just started is slow. */
  private static final int WARM_UP = 30;

  private static final int DNS_CONNECTIONS = 32;
  private static final int QUERIES = 1000;
  private static final int TEXT_CONNECTIONS = 200;
  private static final int NEWLINES = 131_000;

  /** Far above what a server that is idle holds, far below what the attack would fill. */
  private static final long MAX_HEAP_BYTES = 60_000_000;

  @TempDir private Path folder;

  @Test
  void deafClientsNeitherFillTheMemoryNorDelayOthers() throws Exception {
    ProcessUsage.assumeAvailable();
    try (Jar jar = start()) {
      Map<String, Integer> ports = jar.ready();
      Histogram waits;
      try (DeafClients dns = new DeafClients(ports.get("ls.dns"), DNS_CONNECTIONS, bigQueries());
          DeafClients text =
              new DeafClients(
                  ports.get("ls.text"),
                  TEXT_CONNECTIONS,
                  "\n".repeat(NEWLINES).getBytes(US_ASCII));
          Bystanders others = new Bystanders(ports.get("ls.dns"), ports.get("ls.text"))) {
        waits = waitsDuringAttack(dns, text, others);
        assertThat(dns.cutOff()).as("connections cut off").isPositive();
      }
      assertThat(jar.isAlive()).isTrue();
      assertThat(waits.getValueAtPercentile(USUALLY)).isLessThan(AT_ONCE.toNanos());
      assertThat(waits.getMaxValue()).isLessThan(ON_A_BUSY_MACHINE.toNanos());
      assertThat(ProcessUsage.of(folder, jar.pid()).heapBytes()).isLessThan(MAX_HEAP_BYTES);
      jar.terminate();
      assertThat(jar.status()).isZero();
      assertThat(jar.errors()).contains("do not read their answers").doesNotContain("OutOfMemory");
    }
  }

  /** The times that bystanders have waited for an answer, in nanoseconds. */
  private static Histogram waitsDuringAttack(DeafClients dns, DeafClients text, Bystanders others)
      throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      others.askEach(new Histogram(2));
    }
    Histogram waits = new Histogram(2);
    long end = System.nanoTime() + ATTACK.toNanos();
    while (System.nanoTime() < end) {
      dns.step();
      text.step();
      others.askEach(waits);
    }
    return waits;
  }

  private Jar start() throws IOException {
    String text = "\"" + "x".repeat(230) + "\"";
    String records =
        IntStream.range(0, RECORDS)
            .mapToObj(i -> "big TXT " + i + text)
            .collect(Collectors.joining("\n", "$TTL 60\n@ SOA ns host 1 2 3 4 5\n@ NS ns\n", "\n"));
    Files.writeString(folder.resolve("example.zone"), records + "www A 192.0.2.1\n");
    return Jar.startWithOptions(
        folder,
        List.of("-Xmx256m"),
        "--role=ls",
        "--role=ts1",
        "-Dfirstanswer.ts.ts1.table=example.zone",
        "-Dfirstanswer.ls.text=127.0.0.1:0",
        "-Dfirstanswer.ls.dns=127.0.0.1:0",
        "-Dfirstanswer.ls.upstreams=[ts1]");
  }

  private static byte[] bigQueries() throws IOException {
    ByteArrayOutputStream queries = new ByteArrayOutputStream();
    for (int i = 0; i < QUERIES; i++) {
      byte[] query = query("big.example.", Type.TXT).toWire();
      queries.writeBytes(ByteBuffer.allocate(2).putShort((short) query.length).array());
      queries.writeBytes(query);
    }
    return queries.toByteArray();
  }

  private static Message query(String name, int type) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
  }

  /** One client of each protocol. */
  private static final class Bystanders implements AutoCloseable {
    private final DnsDatagrams udp;
    private final DnsStream tcp;
    private final Peer text;

    Bystanders(int dnsPort, int textPort) throws IOException {
      InetAddress address = InetAddress.getByName(OTHER_CLIENT);
      udp = DnsDatagrams.with(dnsPort, OTHER_CLIENT);
      tcp = DnsStream.connect(dnsPort, address, 0);
      text = Peer.connect(textPort, address);
    }

    /** Each asks once; adds how long it has waited, in nanoseconds. */
    void askEach(Histogram waits) throws IOException {
      long begun = System.nanoTime();
      assertPositive(udp.send(query("www.example.", Type.A)).receive());
      long afterUdp = System.nanoTime();
      assertPositive(tcp.send(query("www.example.", Type.A)).receive());
      long afterTcp = System.nanoTime();
      assertThat(text.send("www.example\n").receiveLine()).isEqualTo("www.example 192.0.2.1 A IN");
      waits.recordValue(afterUdp - begun);
      waits.recordValue(afterTcp - afterUdp);
      waits.recordValue(System.nanoTime() - afterTcp);
    }

    private static void assertPositive(Message answer) {
      assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
    }

    @Override
    public void close() throws IOException {
      udp.close();
      tcp.close();
      text.close();
    }
  }
}
