package firstanswer.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import firstanswer.dns.DomainName;
import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.DnsStream;
import firstanswer.testing.Jar;
import firstanswer.testing.Peer;
import firstanswer.testing.ProcessUsage;
import firstanswer.testing.SameHash;
import firstanswer.testing.attack.Attack;
import firstanswer.testing.attack.Attacks;
import firstanswer.testing.attack.Bystander;
import firstanswer.testing.attack.Datagrams;
import firstanswer.testing.attack.DeafClients;
import firstanswer.testing.attack.ForwardingLoop;
import firstanswer.testing.attack.HalfMessages;
import firstanswer.testing.attack.Messages;
import firstanswer.testing.attack.Names;
import firstanswer.testing.attack.SlowReaders;
import firstanswer.testing.chaos.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The packaged jar with a small heap under all attacks at once, while one client of each protocol
 * asks what it needs. Runs for five minutes with the profile {@code soak} only, since it takes all
 * processors; {@link DeafClientsIT} is its short form.
 */
@EnabledOnOs(OS.LINUX)
class SoakIT {
  private static final Duration ATTACK = Duration.ofSeconds(Integer.getInteger("soak.seconds", 0));
  private static final int SAMPLES = (int) Math.max(2, ATTACK.toSeconds() / 30);
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final Duration REST = Duration.ofSeconds(1);
  private static final String OTHER_CLIENT = "127.0.0.2";
  private static final String STRANGER = "127.0.0.66";

  /** 230 records of 250 bytes: the longest answer that the limit of DNS leaves room for. */
  private static final int RECORDS = 230;

  private static final int DNS_CONNECTIONS = 32;
  private static final int TEXT_CONNECTIONS = 200;
  private static final int SLOW_READERS = 16;
  private static final int QUERIES = 1000;
  private static final int NEWLINES = 131_000;

  /** Half of the heap; a fifth may go to answers that nobody reads. */
  private static final long MAX_HEAP_BYTES = 128 * 1024 * 1024;

  private static final long MORE_HEAP_BYTES = 10_000_000;

  @TempDir private Path folder;
  private ForwardingLoop loop;
  private Jar jar;
  private Patience patience;
  private int dnsPort;
  private int textPort;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(ATTACK.toSeconds() > 0, "only with -Psoak");
    ProcessUsage.assumeAvailable();
    String text = "\"" + "x".repeat(230) + "\"";
    String records =
        IntStream.range(0, RECORDS)
            .mapToObj(i -> "big TXT " + i + text)
            .collect(Collectors.joining("\n", "$TTL 60\n@ SOA ns host 1 2 3 4 5\n@ NS ns\n", "\n"));
    Files.writeString(folder.resolve("example.zone"), records + "www A 192.0.2.1\n");
    loop = new ForwardingLoop();
    jar =
        Jar.startWithOptions(
            folder,
            List.of("-Xmx256m"),
            "--role=ls",
            "--role=ts1",
            "-Dfirstanswer.ts.ts1.table=example.zone",
            "-Dfirstanswer.ls.text=127.0.0.1:0",
            "-Dfirstanswer.ls.dns=127.0.0.1:0",
            "-Dfirstanswer.ls.allow=[127.0.0.1,\"" + OTHER_CLIENT + "\"]",
            "-Dfirstanswer.ls.upstreams=[ts1,\"text://127.0.0.1:" + loop.port() + "\"]");
    patience = new Patience(jar.pid());
    Map<String, Integer> ports = jar.ready();
    dnsPort = ports.get("ls.dns");
    textPort = ports.get("ls.text");
    loop.to(textPort);
  }

  @AfterEach
  void stop() throws IOException {
    if (jar != null) {
      patience.close();
      jar.close();
      loop.close();
    }
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void attacksNeitherFillTheMemoryNorDelayOthers() throws Exception {
    watch(() -> Thread.sleep(WARM_UP.toMillis()));
    ProcessUsage before = usage();
    DeafClients deaf = new DeafClients(dnsPort, DNS_CONNECTIONS, Messages.repeated(big(), QUERIES));
    List<ProcessUsage> during = new ArrayList<>();
    List<Bystander> bystanders;
    try (Attacks attacks = new Attacks(attacks(deaf))) {
      bystanders = watch(() -> sample(during));
      assertThat(attacks.failure()).isEmpty();
    }
    ProcessUsage after = usageAfterAttack(before);
    report(bystanders, before, during, after);
    assertThat(jar.isAlive()).isTrue();
    assertThat(deaf.cutOff()).as("connections cut off").isPositive();
    bystanders.forEach(this::assertAnsweredAtOnce);
    assertThat(during).allMatch(usage -> usage.heapBytes() < MAX_HEAP_BYTES);
    assertThat(after.heapBytes()).isLessThan(before.heapBytes() + MORE_HEAP_BYTES);
    jar.terminate();
    assertThat(jar.status()).isZero();
    assertThat(jar.errors()).contains("do not read their answers").doesNotContain("OutOfMemory");
  }

  private List<Attack> attacks(DeafClients deaf) throws IOException {
    List<String> sameHash = SameHash.names(10).stream().map(DomainName::toString).toList();
    return List.of(
        deaf,
        new DeafClients(textPort, TEXT_CONNECTIONS, "\n".repeat(NEWLINES).getBytes(US_ASCII)),
        new SlowReaders(dnsPort, SLOW_READERS, Messages.repeated(big(), QUERIES), 512),
        new HalfMessages(dnsPort, 100, new byte[] {0, 40, 1, 2, 3}),
        new DeafClients(dnsPort, 4, Messages.responses()),
        new DeafClients(dnsPort, 4, Messages.empty()),
        new Names(textPort, sameHash),
        new Names(textPort, IntStream.range(0, 1000).mapToObj(i -> "loop" + i + ".lost").toList()),
        new Datagrams(dnsPort, STRANGER, Messages.refused()),
        new Datagrams(dnsPort, "127.0.0.1", Messages.unprintable(50)));
  }

  private static Message big() throws IOException {
    return Messages.query("big.example.", Type.TXT);
  }

  private interface Work {
    void run() throws Exception;
  }

  /** One client of each protocol asks until the work is done. */
  private List<Bystander> watch(Work work) throws Exception {
    try (DnsDatagrams udp = DnsDatagrams.with(dnsPort, OTHER_CLIENT);
        DnsStream tcp = DnsStream.connect(dnsPort, InetAddress.getByName(OTHER_CLIENT), 0);
        Peer text = Peer.connect(textPort, InetAddress.getByName(OTHER_CLIENT));
        Bystander overUdp = new Bystander("udp", () -> isRight(udp.send(www()).receive()));
        Bystander overTcp = new Bystander("tcp", () -> isRight(tcp.send(www()).receive()));
        Bystander overText = new Bystander("text", () -> isRight(text))) {
      work.run();
      return List.of(overUdp, overTcp, overText);
    }
  }

  private static Message www() throws IOException {
    return Messages.query("www.example.", Type.A);
  }

  private static void isRight(Message answer) {
    assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
  }

  private static void isRight(Peer text) throws IOException {
    assertThat(text.send("www.example\n").receiveLine()).isEqualTo("www.example 192.0.2.1 A IN");
  }

  private void sample(List<ProcessUsage> samples) throws Exception {
    for (int i = 0; i < SAMPLES; i++) {
      Thread.sleep(ATTACK.toMillis() / SAMPLES);
      samples.add(usage());
    }
  }

  /** When all that was in flight has ended, or when it is too late for that. */
  private ProcessUsage usageAfterAttack(ProcessUsage before) throws Exception {
    long begin = System.nanoTime();
    ProcessUsage now = usage();
    while (now.heapBytes() > before.heapBytes() + MORE_HEAP_BYTES
        && System.nanoTime() - begin < RECOVERY.toNanos()) {
      Thread.sleep(REST.toMillis());
      now = usage();
    }
    return now;
  }

  private ProcessUsage usage() throws Exception {
    return ProcessUsage.of(folder, jar.pid());
  }

  private void report(
      List<Bystander> bystanders,
      ProcessUsage before,
      List<ProcessUsage> during,
      ProcessUsage after) {
    bystanders.forEach(bystander -> System.out.println("soak: " + bystander));
    System.out.printf(
        "soak: heap during the attack, in KB: %s; %s; %s%n",
        during.stream().map(usage -> usage.heapBytes() / 1024).toList(),
        before.to(after),
        patience);
  }

  private void assertAnsweredAtOnce(Bystander bystander) {
    assertThat(bystander.failures()).as(bystander.toString()).isEmpty();
    assertThat(bystander.waits())
        .as(bystander.toString())
        .isNotEmpty()
        .allMatch(
            wait ->
                wait.duration()
                        .compareTo(
                            patience.stretched(AT_ONCE, wait.sentNanos(), wait.answeredNanos()))
                    < 0);
  }
}
