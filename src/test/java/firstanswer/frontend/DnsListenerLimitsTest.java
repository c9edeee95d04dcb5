package firstanswer.frontend;

import static firstanswer.frontend.DnsListenerFixture.SETTINGS;
import static firstanswer.frontend.DnsListenerFixture.answered;
import static firstanswer.frontend.DnsListenerFixture.answers;
import static firstanswer.frontend.DnsListenerFixture.assertClosed;
import static firstanswer.frontend.DnsListenerFixture.id;
import static firstanswer.frontend.DnsListenerFixture.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.sun.management.UnixOperatingSystemMXBean;
import firstanswer.access.ClientLimits;
import firstanswer.access.OpenFiles;
import firstanswer.access.ProcessLimits;
import firstanswer.access.Refusal;
import firstanswer.access.UnsentAnswers;
import firstanswer.config.AccessList;
import firstanswer.config.ClientLimitSettings;
import firstanswer.config.HostPort;
import firstanswer.frontend.DnsListenerFixture.Limits;
import firstanswer.resolver.Outcome;
import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.DnsStream;
import firstanswer.testing.HeldResolver;
import firstanswer.testing.Outcomes;
import firstanswer.testing.Peer;
import firstanswer.transport.OpenListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Checks over raw sockets that a DNS listener keeps its limits, and who is disturbed by them. */
class DnsListenerLimitsTest {
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();
  private static final Outcome TIMED_OUT = Outcomes.TIMED_OUT;
  private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getOperatingSystemMXBean();

  private final DnsListenerFixture server = new DnsListenerFixture(TEST_KIT.system());

  @AfterEach
  void drain() {
    server.close();
  }

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void connectionOverTheLimitIsClosedUntilOneEnds() throws Exception {
    Limits limits = new Limits();
    limits.connections = 2;
    int port = server.listen(limits.settings());
    DnsStream first = answered(port);
    try (DnsStream second = answered(port);
        DnsStream refused = DnsStream.connect(port)) {
      assertThat(refused.countToEnd()).isZero();
      first.shutdownOutput();
      assertThat(first.countToEnd()).isZero();
      answered(port).close();
      assertThat(answers(second.send(query(2, "known.")).receive())).isEqualTo(1);
    }
    first.close();
  }

  @Test
  void oneClientCannotTakeAllConnections() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "all of 127/8 is loopback");
    Limits limits = new Limits();
    limits.connectionsPerClient = 1;
    int port = server.listen(limits.settings());
    try (DnsStream first = answered(port);
        DnsStream refused = DnsStream.connect(port);
        DnsStream other = DnsStream.connect(port, InetAddress.getByName("127.0.0.2"), 0)) {
      assertThat(refused.countToEnd()).isZero();
      assertThat(answers(other.send(query(1, "known.")).receive())).isEqualTo(1);
      assertThat(answers(first.send(query(2, "known.")).receive())).isEqualTo(1);
    }
  }

  @Test
  void udpOverTheLimitIsSentToTcpWhereItWaits() throws Exception {
    Limits limits = new Limits();
    limits.inFlight = 2;
    int port = server.listen(limits.settings());
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      udp.send(query(1, "held1.")).send(query(2, "held2."));
      List<HeldResolver.Held> queries = server.held.next(2);
      Message busy = udp.send(query(3, "known.")).receive();
      assertThat(id(busy)).isEqualTo(3);
      assertThat(busy.getHeader().getFlag(Flags.TC)).isTrue();
      assertThat(answers(busy)).isZero();
      tcp.send(query(4, "known."));
      queries.get(0).tell(TIMED_OUT);
      assertThat(id(udp.receive())).isEqualTo(1);
      assertThat(answers(tcp.receive())).isEqualTo(1);
      // The client may have its answer before the place is free again.
      TEST_KIT
          .createTestProbe()
          .awaitAssert(
              () -> assertThat(answers(udp.send(query(5, "known.")).receive())).isEqualTo(1));
      queries.get(1).tell(TIMED_OUT);
      assertThat(id(udp.receive())).isEqualTo(2);
    }
  }

  @Test
  void connectionIsNotReadBeyondItsQueriesInFlight() throws Exception {
    Limits limits = new Limits();
    limits.inFlightPerConnection = 4;
    int port = server.listen(limits.settings());
    try (DnsStream client = DnsStream.connect(port);
        DnsStream other = DnsStream.connect(port)) {
      Message[] queries = new Message[50];
      Arrays.setAll(queries, i -> query(i, "held.example."));
      client.send(queries);
      List<HeldResolver.Held> asked = server.held.next(4);
      other.send(query(1, "held.other."));
      assertThat(server.held.next().question().name()).hasToString("held.other");
      asked.get(0).tell(TIMED_OUT);
      assertThat(server.held.next().question().name()).hasToString("held.example");
    }
  }

  @Test
  void vanishedClientGivesItsPlacesBack() throws Exception {
    Limits limits = new Limits();
    limits.inFlight = 2;
    int port = server.listen(limits.settings());
    DnsStream vanishing = DnsStream.connect(port);
    vanishing.send(query(1, "held1."), query(2, "held2."));
    List<HeldResolver.Held> queries = server.held.next(2);
    vanishing.close();
    queries.forEach(query -> query.tell(TIMED_OUT));
    for (int i = 0; i < 3; i++) {
      answered(port).close();
    }
  }

  @Test
  void idleConnectionIsClosedAfterTheTimeout() throws Exception {
    Limits limits = new Limits();
    limits.idle = Duration.ofMillis(50);
    try (DnsStream client = DnsStream.connect(server.listen(limits.settings()))) {
      assertThat(client.countToEnd()).as("bytes before an end that is no reset").isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10})
  void queryThatIsNotWholeInTimeEndsItsConnection(int bytes) throws Exception {
    Limits limits = new Limits();
    limits.message = Duration.ofMillis(50);
    try (DnsStream client = DnsStream.connect(server.listen(limits.settings()))) {
      client.send(query(1, "known."));
      assertThat(answers(client.receive())).isEqualTo(1);
      client.sendBytes(Arrays.copyOf(new byte[] {0, 30}, bytes));
      assertClosed(client);
    }
  }

  @Test
  void clientThatNeverReadsIsCutOffAndDisturbsNobody() throws Exception {
    Limits limits = new Limits();
    limits.write = Duration.ofMillis(200);
    int port = server.listen(limits.settings());
    try (DnsStream deaf = DnsStream.connect(port);
        DnsStream other = DnsStream.connect(port)) {
      Message[] queries = new Message[100];
      Arrays.setAll(queries, i -> query(i, "big.example."));
      CompletableFuture<Void> flood =
          CompletableFuture.runAsync(
              () ->
                  assertThatThrownBy(
                          () -> {
                            while (true) {
                              deaf.send(queries);
                            }
                          })
                      .isInstanceOf(IOException.class));
      for (int i = 0; i < 20; i++) {
        assertThat(id(other.send(query(i, "known.")).receive())).isEqualTo(i);
      }
      flood.get(30, TimeUnit.SECONDS);
      assertThat(id(other.send(query(21, "known.")).receive())).isEqualTo(21);
    }
  }

  @Test
  void clientThatReadsSlowlyButSteadilyIsNotCutOff() throws Exception {
    Limits limits = new Limits();
    limits.write = Duration.ofMillis(500);
    int port = server.listen(limits.settings());
    Message[] queries = new Message[100];
    Arrays.setAll(queries, i -> query(i, "big.example."));
    try (DnsStream slow = DnsStream.connect(port, InetAddress.getLoopbackAddress(), 4096)) {
      slow.send(queries);
      for (int i = 0; i < 40; i++) {
        TimeUnit.MILLISECONDS.sleep(50);
        slow.skip(20_000);
      }
    }
  }

  /** Four times the limit, since the first answers are four times as long as expected. */
  @Test
  void unreadAnswersOfAConnectionKeepToTheirLimit() throws Exception {
    Limits limits = new Limits();
    limits.inFlightPerConnection = 500;
    limits.unsentPerConnection = 1 << 20;
    int port = server.listen(limits.settings());
    Message[] queries = new Message[300];
    Arrays.setAll(queries, i -> query(i, "big.example."));
    try (DnsStream deaf = DnsStream.connect(port);
        DnsStream other = DnsStream.connect(port)) {
      deaf.send(queries);
      for (int i = 0; i < 50; i++) {
        assertThat(id(other.send(query(i, "known.")).receive())).isEqualTo(i);
        assertThat(server.unsent.bytes()).isLessThanOrEqualTo(4 << 20);
      }
      for (int i = 0; i < queries.length; i++) {
        assertThat(answers(deaf.receive())).isPositive();
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void deafClientIsCutOffAtItsShareOfUnreadAnswers() throws Exception {
    UnsentAnswers scarce = new UnsentAnswers(2 << 20);
    ClientLimits clients =
        new ClientLimits(
            ClientLimitSettings.of(AccessList.ANYBODY),
            new ProcessLimits(new OpenFiles(1000), scarce),
            TEST_KIT.system());
    HostPort anyPort = new HostPort("127.0.0.1", 0);
    int port = server.bind(anyPort, clients, SETTINGS).address().port();
    Message[] queries = new Message[200];
    Arrays.setAll(queries, i -> query(i, "big.example."));
    InetAddress otherClient = InetAddress.getByName("127.0.0.2");
    try (DnsStream deaf = DnsStream.connect(port);
        DnsStream ofTheSame = DnsStream.connect(port);
        DnsStream other = DnsStream.connect(port, otherClient, 0)) {
      deaf.send(queries);
      TEST_KIT
          .createTestProbe()
          .awaitAssert(() -> assertThat(clients.refusals(Refusal.UNREAD_ANSWERS)).isOne());
      assertThatThrownBy(deaf::countToEnd).isInstanceOf(IOException.class);
      assertThat(id(ofTheSame.send(query(1, "known.")).receive())).isOne();
      assertThat(answers(other.send(query(2, "big.example.")).receive())).isPositive();
    }
  }

  /**
   * Answers of many lengths: some fill the system's buffers for the client, but not all of ours.
   */
  @Test
  void halfClosedClientsThatNeverReadAreCutOffToo() throws Exception {
    assumeTrue(SYSTEM instanceof UnixOperatingSystemMXBean, "open files can be counted");
    Limits limits = new Limits();
    limits.write = Duration.ofMillis(200);
    int port = server.listen(limits.settings());
    DnsStream first = answered(port);
    long withoutBothEnds = openFiles() - 2;
    first.close();
    awaitOpenFiles(withoutBothEnds);
    List<DnsStream> deaf = new ArrayList<>();
    long before = openFiles();
    for (int count = 40; count <= 100; count++) {
      Message[] queries = new Message[count];
      Arrays.setAll(queries, i -> query(i, "big.example."));
      DnsStream client = DnsStream.connect(port, InetAddress.getLoopbackAddress(), 4096);
      deaf.add(client.send(queries).shutdownOutput());
    }
    awaitOpenFiles(before + deaf.size());
    for (DnsStream client : deaf) {
      client.close();
    }
  }

  @Test
  void disallowedClientIsRefusedOverUdpAndTcp() throws Exception {
    AccessList others = AccessList.parse(List.of("192.0.2.0/24")).orElseThrow();
    OpenListener bound = server.bind(new HostPort("127.0.0.1", 0), server.limits(others), SETTINGS);
    Record question = Record.newRecord(Name.fromString("a.example."), Type.A, DClass.IN);
    try (DnsDatagrams client = DnsDatagrams.with(bound.address().port());
        Peer overTcp = Peer.connect(bound.address().port())) {
      Message answer = client.send(Message.newQuery(question)).receive();
      assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(overTcp.receive()).isEmpty();
    }
  }

  private static void awaitOpenFiles(long atMost) throws InterruptedException {
    for (int i = 0; i < 1000 && openFiles() > atMost; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(openFiles()).isLessThanOrEqualTo(atMost);
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) SYSTEM).getOpenFileDescriptorCount();
  }
}
