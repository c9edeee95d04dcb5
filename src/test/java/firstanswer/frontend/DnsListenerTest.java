package firstanswer.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.sun.management.UnixOperatingSystemMXBean;
import firstanswer.access.ClientLimits;
import firstanswer.access.OpenFiles;
import firstanswer.config.AccessList;
import firstanswer.config.ClientLimitSettings;
import firstanswer.config.DnsListenerSettings;
import firstanswer.config.HostPort;
import firstanswer.config.ListenerLimits;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.Question;
import firstanswer.resolver.Outcome;
import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.DnsStream;
import firstanswer.testing.HeldResolver;
import firstanswer.testing.Listeners;
import firstanswer.testing.Outcomes;
import firstanswer.testing.Peer;
import firstanswer.transport.OpenListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Raw sockets in front of a resolver that knows a name, has a long answer, or holds it back. */
class DnsListenerTest {
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();
  private static final Outcome TIMED_OUT = Outcomes.TIMED_OUT;
  private static final Duration LONG = Duration.ofHours(1);
  private static final DnsListenerSettings SETTINGS = new Limits().settings();
  private static final int RECORDS_OF_BIG = 200;
  private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getOperatingSystemMXBean();

  /** Receives the questions whose names begin with "held". */
  private final HeldResolver held = new HeldResolver(DnsListenerTest::answer);

  private final List<OpenListener> toDrain = new ArrayList<>();

  @AfterEach
  void drain() {
    toDrain.forEach(OpenListener::drain);
  }

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void portZeroServesUdpAndTcpOnOneFreePort() throws Exception {
    int port = listen(SETTINGS);
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      assertThat(answers(udp.send(query(1, "known.example.")).receive())).isEqualTo(1);
      assertThat(answers(tcp.send(query(2, "known.example.")).receive())).isEqualTo(1);
    }
  }

  @Test
  void bindFailsAndFreesTcpWhenUdpIsTaken() throws Exception {
    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      HostPort taken = new HostPort("127.0.0.1", other.getLocalPort());
      assertThatThrownBy(() -> bind(taken, SETTINGS)).isInstanceOf(ExecutionException.class);
      try (ServerSocket tcp = new ServerSocket()) {
        tcp.bind(new InetSocketAddress(taken.host(), taken.port()));
        assertThatThrownBy(() -> bind(taken, SETTINGS)).isInstanceOf(ExecutionException.class);
      }
    }
  }

  @Test
  void answersLeaveAConnectionAsSoonAsTheyAreThere() throws Exception {
    try (DnsStream client = DnsStream.connect(listen(SETTINGS))) {
      client.send(query(1, "held1.example."), query(2, "held2.example."), query(3, "known."));
      List<HeldResolver.Held> queries = held.next(2);
      assertThat(id(client.receive())).isEqualTo(3);
      queries.get(1).tell(TIMED_OUT);
      assertThat(id(client.receive())).isEqualTo(2);
      queries.get(0).tell(TIMED_OUT);
      assertThat(id(client.receive())).isEqualTo(1);
    }
  }

  @Test
  void pipelinedQueriesAreEachAnsweredOnce() throws Exception {
    int count = 2000;
    try (DnsStream client = DnsStream.connect(listen(SETTINGS))) {
      Message[] queries = new Message[count];
      for (int i = 0; i < count; i++) {
        queries[i] = query(i, "known" + i + ".example.");
      }
      client.send(queries).shutdownOutput();
      Set<Integer> ids = new TreeSet<>();
      for (int i = 0; i < count; i++) {
        Message answer = client.receive();
        assertThat(answer.getQuestion()).isEqualTo(queries[id(answer)].getQuestion());
        ids.add(id(answer));
      }
      assertThat(ids).hasSize(count);
      assertThat(client.countToEnd()).isZero();
    }
  }

  @Test
  void queryInSingleBytesIsAnswered() throws Exception {
    try (DnsStream client = DnsStream.connect(listen(SETTINGS))) {
      byte[] wire = query(1, "known.example.").toWire();
      client.sendBytes((byte) 0).sendBytes((byte) wire.length);
      for (byte b : wire) {
        client.sendBytes(b);
      }
      assertThat(answers(client.receive())).isEqualTo(1);
    }
  }

  @Test
  void halfClosedClientGetsItsAnswers() throws Exception {
    try (DnsStream client = DnsStream.connect(listen(SETTINGS))) {
      client.send(query(1, "held.example."), query(2, "known.")).shutdownOutput();
      assertThat(id(client.receive())).isEqualTo(2);
      held.next().tell(TIMED_OUT);
      assertThat(id(client.receive())).isEqualTo(1);
      assertThat(client.countToEnd()).isZero();
    }
  }

  @Test
  void questionComesBackAsItWasWritten() throws Exception {
    int port = listen(SETTINGS);
    byte[] query = query(7, "KnOwN.eXaMpLe.").toWire();
    try (DnsDatagrams client = DnsDatagrams.with(port)) {
      byte[] answer = client.sendBytes(query).receiveBytes();
      assertThat(Arrays.copyOfRange(answer, 12, query.length))
          .isEqualTo(Arrays.copyOfRange(query, 12, query.length));
      assertThat(id(new Message(answer))).isEqualTo(7);
    }
  }

  @Test
  void timeoutIsServfailThatSaysWhy() throws Exception {
    try (DnsDatagrams client = DnsDatagrams.with(listen(SETTINGS))) {
      Message query = query(1, "held.example.");
      query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
      client.send(query);
      held.next().tell(TIMED_OUT);
      Message answer = client.receive();
      assertThat(answer.getRcode()).isEqualTo(Rcode.SERVFAIL);
      assertThat(answer.getOPT().getOptions())
          .singleElement()
          .isInstanceOfSatisfying(
              ExtendedErrorCodeOption.class,
              error -> {
                assertThat(error.getErrorCode()).isEqualTo(22);
                assertThat(error.getText()).isEqualTo("no answer");
              });
    }
  }

  @Test
  void answerTooLongForUdpIsCutAndWholeOverTcp() throws Exception {
    int port = listen(SETTINGS);
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      Message cut = udp.send(query(1, "big.example.")).receive();
      assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
      assertThat(answers(cut)).isZero();
      Message whole = tcp.send(query(2, "big.example.")).receive();
      assertThat(whole.getHeader().getFlag(Flags.TC)).isFalse();
      assertThat(answers(whole)).isEqualTo(RECORDS_OF_BIG);
    }
  }

  @Test
  void answerThatCannotBeWrittenFailsItsQueryOnly() throws Exception {
    OpenListener bound = bind(SETTINGS);
    int port = bound.address().port();
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      udp.send(query(1, "held.example."));
      tcp.send(query(2, "held.example."));
      for (HeldResolver.Held query : held.next(2)) {
        query.tell(Answer.Positive.line("no address"));
      }
      assertThat(udp.receive().getRcode()).isEqualTo(Rcode.SERVFAIL);
      assertThat(tcp.receive().getRcode()).isEqualTo(Rcode.SERVFAIL);
      assertThat(answers(tcp.send(query(3, "known.")).receive())).isEqualTo(1);
    }
    bound.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void messageThatIsNoQueryGetsNoAnswer() throws Exception {
    int port = listen(SETTINGS);
    Message reply = query(1, "known.");
    reply.getHeader().setFlag(Flags.QR);
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      udp.send(reply).sendBytes().sendBytes((byte) 1, (byte) 2).send(query(2, "known."));
      assertThat(id(udp.receive())).isEqualTo(2);
      tcp.send(reply).sendBytes((byte) 0, (byte) 0).send(query(2, "known."));
      assertThat(id(tcp.receive())).isEqualTo(2);
    }
  }

  @Test
  void unreadableOrUnservedQueryGetsAnError() throws Exception {
    Message update = query(3, "known.");
    update.getHeader().setOpcode(Opcode.UPDATE);
    try (DnsDatagrams udp = DnsDatagrams.with(listen(SETTINGS))) {
      byte[] broken = query(1, "known.").toWire();
      broken[4] = 9;
      assertThat(udp.sendBytes(broken).receive().getRcode()).isEqualTo(Rcode.FORMERR);
      assertThat(udp.send(update).receive().getRcode()).isEqualTo(Rcode.NOTIMP);
      byte[] long64k = Arrays.copyOf(query(4, "known.").toWire(), 65_000);
      Message refusal = udp.sendBytes(long64k).receive();
      assertThat(id(refusal)).isEqualTo(4);
      assertThat(refusal.getRcode()).isEqualTo(Rcode.FORMERR);
    }
  }

  @Test
  void overlongDatagramIsNotHeldWhole() throws Exception {
    try (DnsDatagrams udp = DnsDatagrams.with(listen(SETTINGS))) {
      Message query = query(1, "held.example.");
      query.addRecord(
          new OPTRecord(1232, 0, 0, 0, new GenericEDNSOption(65001, new byte[60_000])),
          Section.ADDITIONAL);
      assertThat(udp.send(query).receive().getRcode()).isEqualTo(Rcode.FORMERR);
    }
  }

  @Test
  void connectionOverTheLimitIsClosedUntilOneEnds() throws Exception {
    Limits limits = new Limits();
    limits.connections = 2;
    int port = listen(limits.settings());
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
    int port = listen(limits.settings());
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
    int port = listen(limits.settings());
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      udp.send(query(1, "held1.")).send(query(2, "held2."));
      List<HeldResolver.Held> queries = held.next(2);
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
    int port = listen(limits.settings());
    try (DnsStream client = DnsStream.connect(port);
        DnsStream other = DnsStream.connect(port)) {
      Message[] queries = new Message[50];
      Arrays.setAll(queries, i -> query(i, "held.example."));
      client.send(queries);
      List<HeldResolver.Held> asked = held.next(4);
      other.send(query(1, "held.other."));
      assertThat(held.next().question().name()).hasToString("held.other");
      asked.get(0).tell(TIMED_OUT);
      assertThat(held.next().question().name()).hasToString("held.example");
    }
  }

  @Test
  void vanishedClientGivesItsPlacesBack() throws Exception {
    Limits limits = new Limits();
    limits.inFlight = 2;
    int port = listen(limits.settings());
    DnsStream vanishing = DnsStream.connect(port);
    vanishing.send(query(1, "held1."), query(2, "held2."));
    List<HeldResolver.Held> queries = held.next(2);
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
    try (DnsStream client = DnsStream.connect(listen(limits.settings()))) {
      assertClosed(client);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10})
  void queryThatIsNotWholeInTimeEndsItsConnection(int bytes) throws Exception {
    Limits limits = new Limits();
    limits.message = Duration.ofMillis(50);
    try (DnsStream client = DnsStream.connect(listen(limits.settings()))) {
      client.send(query(1, "known."));
      assertThat(answers(client.receive())).isEqualTo(1);
      client.sendBytes(Arrays.copyOf(new byte[] {0, 30}, bytes));
      assertClosed(client);
    }
  }

  @Test
  void overlongQueryEndsItsConnectionAfterOtherAnswers() throws Exception {
    try (DnsStream client = DnsStream.connect(listen(SETTINGS))) {
      client.send(query(1, "held.example.")).sendBytes((byte) 0xff, (byte) 0xff, (byte) 1);
      held.next().tell(TIMED_OUT);
      assertThat(id(client.receive())).isEqualTo(1);
      assertClosed(client);
    }
  }

  @Test
  void clientThatNeverReadsIsCutOffAndDisturbsNobody() throws Exception {
    Limits limits = new Limits();
    limits.write = Duration.ofMillis(200);
    int port = listen(limits.settings());
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

  /**
   * Answers of many lengths: some fill the system's buffers for the client, but not all of ours.
   */
  @Test
  void halfClosedClientsThatNeverReadAreCutOffToo() throws Exception {
    assumeTrue(SYSTEM instanceof UnixOperatingSystemMXBean, "open files can be counted");
    Limits limits = new Limits();
    limits.write = Duration.ofMillis(200);
    int port = listen(limits.settings());
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

  private static void awaitOpenFiles(long atMost) throws InterruptedException {
    for (int i = 0; i < 1000 && openFiles() > atMost; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(openFiles()).isLessThanOrEqualTo(atMost);
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) SYSTEM).getOpenFileDescriptorCount();
  }

  @Test
  void drainAnswersQueriesInFlightAndCloses() throws Exception {
    OpenListener bound = bind(SETTINGS);
    int port = bound.address().port();
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port);
        DnsStream idle = answered(port)) {
      udp.send(query(1, "held1."));
      tcp.send(query(2, "held2."));
      List<HeldResolver.Held> queries = held.next(2);
      CompletableFuture<?> drained = bound.drain().toCompletableFuture();
      assertClosed(idle);
      assertThat(drained).isNotDone();
      queries.forEach(query -> query.tell(TIMED_OUT));
      assertThat(id(udp.receive())).isEqualTo(1);
      assertThat(id(tcp.receive())).isEqualTo(2);
      assertThat(tcp.countToEnd()).isZero();
      drained.get(10, TimeUnit.SECONDS);
      assertThatThrownBy(() -> DnsStream.connect(port)).isInstanceOf(IOException.class);
      awaitFreeForUdp(port);
    }
  }

  @Test
  void drainTwiceIsDrainOnce() throws Exception {
    OpenListener bound = bind(SETTINGS);
    bound.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
    bound.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static void awaitFreeForUdp(int port) throws Exception {
    for (int i = 0; i < 1000; i++) {
      try {
        new DatagramSocket(port, InetAddress.getLoopbackAddress()).close();
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    throw new AssertionError("still bound");
  }

  /** The connection has ended, by a close or a reset, and is not just silent. */
  private static void assertClosed(DnsStream stream) {
    assertThatThrownBy(
            () -> {
              if (stream.countToEnd() == 0) {
                throw new IOException("closed");
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("timed out");
  }

  /** A connection that was admitted: it has had an answer. */
  private static DnsStream answered(int port) throws IOException {
    DnsStream stream = DnsStream.connect(port);
    assertThat(answers(stream.send(query(1, "known.")).receive())).isEqualTo(1);
    return stream;
  }

  private static int id(Message message) {
    return message.getHeader().getID();
  }

  private static int answers(Message message) {
    return message.getSection(Section.ANSWER).size();
  }

  private static Message query(int id, String name) {
    Message query = Message.newQuery(Record.newRecord(name(name), Type.A, DClass.IN));
    query.getHeader().setID(id);
    return query;
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private int listen(DnsListenerSettings settings) throws Exception {
    return bind(settings).address().port();
  }

  @Test
  void disallowedClientIsRefusedOverUdpAndTcp() throws Exception {
    AccessList others = AccessList.parse(List.of("192.0.2.0/24")).orElseThrow();
    OpenListener bound = bind(new HostPort("127.0.0.1", 0), limits(others), SETTINGS);
    Record question = Record.newRecord(Name.fromString("a.example."), Type.A, DClass.IN);
    try (DnsDatagrams client = DnsDatagrams.with(bound.address().port());
        Peer overTcp = Peer.connect(bound.address().port())) {
      Message answer = client.send(Message.newQuery(question)).receive();
      assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(overTcp.receive()).isEmpty();
    }
  }

  private OpenListener bind(DnsListenerSettings settings) throws Exception {
    return bind(new HostPort("127.0.0.1", 0), settings);
  }

  private OpenListener bind(HostPort address, DnsListenerSettings settings) throws Exception {
    return bind(address, limits(AccessList.ANYBODY), settings);
  }

  private OpenListener bind(HostPort address, ClientLimits limits, DnsListenerSettings settings)
      throws Exception {
    OpenListener bound = Listeners.dns(address, limits, held, settings, TEST_KIT.system());
    toDrain.add(bound);
    return bound;
  }

  private static ClientLimits limits(AccessList allowed) {
    return new ClientLimits(
        new ClientLimitSettings(allowed, Optional.empty(), Optional.empty()),
        new OpenFiles(1000),
        TEST_KIT.system());
  }

  private static Answer answer(Question question) {
    Name name = name(question.name().toString());
    Message answer = new Message();
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(Record.newRecord(name, question.type(), DClass.IN), Section.QUESTION);
    if (question.name().toString().startsWith("big")) {
      for (int i = 0; i < RECORDS_OF_BIG; i++) {
        answer.addRecord(new TXTRecord(name, DClass.IN, 60, i + "x".repeat(250)), Section.ANSWER);
      }
    } else {
      answer.addRecord(
          new ARecord(name, DClass.IN, 60, InetAddress.getLoopbackAddress()), Section.ANSWER);
    }
    return new Answer.Positive(new Content.Message(answer.toWire()));
  }

  /** Settings that limit nothing, unless a test says so. */
  private static final class Limits {
    private int connections = 100;
    private int connectionsPerClient = 100;
    private int inFlight = 1000;
    private int inFlightPerConnection = 100;
    private Duration idle = LONG;
    private Duration message = LONG;
    private Duration write = LONG;

    DnsListenerSettings settings() {
      return new DnsListenerSettings(
          message,
          new ListenerLimits(
              connections, connectionsPerClient, inFlight, inFlightPerConnection, idle, write));
    }
  }
}
