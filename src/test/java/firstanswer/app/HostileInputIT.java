package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.DnsStream;
import firstanswer.testing.Jar;
import firstanswer.testing.ProcessUsage;
import firstanswer.testing.ScriptedNameServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The packaged jar against people who mean it harm. {@code -Dhostile.seed=N} repeats a run. */
class HostileInputIT {
  private static final long SEED = Long.getLong("hostile.seed", System.nanoTime());
  private static final int DATAGRAMS = 100_000;
  private static final Duration FLOOD = Duration.ofSeconds(6);
  private static final int BURST = 100;
  private static final int CONNECTIONS = 1000;

  /** Far above what a server that is idle holds, far below what one that leaks would. */
  private static final long MAX_HEAP_BYTES = 40_000_000;

  /** Less than the deadline of a query, on a busy machine. */
  private static final Duration AT_ONCE = Duration.ofSeconds(3);

  @TempDir private static Path folder;
  private static ScriptedNameServer upstream;
  private static Jar jar;
  private static int port;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void start() throws IOException {
    upstream = new ScriptedNameServer(0);
    jar = Jar.loadBalancer(folder, "dns://127.0.0.1:" + upstream.port());
    port = jar.ready().get("ls.dns");
  }

  @AfterEach
  void answersAndHoldsLittle() throws Exception {
    assertAnswersAtOnce();
    assertHoldsLittle();
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      jar.terminate();
      assertThat(jar.status()).isZero();
      assertThat(jar.errors().lines()).as("seed " + SEED).allMatch(HostileInputIT::isExpected);
    } finally {
      jar.close();
      upstream.close();
    }
  }

  private static boolean isExpected(String logged) {
    return logged.contains(" INFO ")
        || logged.contains("messages over TCP that are no queries")
        || Jar.isOfABusyMachine(logged);
  }

  @Test
  void brokenDatagramsDoNoHarm() throws Exception {
    List<byte[]> corpus = corpus();
    long end = System.nanoTime() + FLOOD.toNanos();
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      for (int i = 0; i < DATAGRAMS && System.nanoTime() < end; i++) {
        byte[] message = mutated(corpus.get(random.nextInt(corpus.size())));
        socket.send(new DatagramPacket(message, message.length));
        letItCatchUp(i);
      }
    }
  }

  @Test
  void repliesSentAsQueriesGetNoAnswer() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      for (byte[] message : corpus()) {
        for (int i = 0; i < 200; i++) {
          byte[] reply = i == 0 ? message : mutated(message);
          if (reply.length > 2) {
            reply[2] |= (byte) 0x80;
          }
          socket.send(new DatagramPacket(reply, reply.length));
          letItCatchUp(i);
        }
      }
      // The answer shows that everything sent before has been handled.
      assertAnswersAtOnce();
      socket.setSoTimeout(1);
      DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
      assertThat(catchThrowable(() -> socket.receive(packet)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void longUnansweredQueriesAreNotHeldInMemory() throws Exception {
    OPTRecord option = new OPTRecord(1232, 0, 0, 0, new GenericEDNSOption(65001, new byte[60_000]));
    try (DnsDatagrams client = DnsDatagrams.with(port)) {
      for (int i = 0; i < 3000; i++) {
        Message query = query("silence-0.n" + i + ".example.");
        query.addRecord(option, Section.ADDITIONAL);
        client.send(query);
        if (i % 100 == 0) {
          assertAnswersAtOnce();
        }
      }
      assertHoldsLittle();
    }
  }

  @Test
  void brokenAndSlowStreamsDoNoHarm() throws Exception {
    List<byte[]> corpus = corpus();
    List<DnsStream> slow = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      DnsStream stream = DnsStream.connect(port);
      byte[] message = mutated(corpus.get(random.nextInt(corpus.size())));
      int length = random.nextInt(3) == 0 ? random.nextInt(0x10000) : message.length;
      try {
        stream.sendBytes((byte) (length >> 8), (byte) length).sendBytes(message);
      } catch (IOException e) {
        // It may have cut us off between the two.
      }
      slow.add(stream);
    }
    for (int i = 0; i < 10; i++) {
      try (DnsStream stream = DnsStream.connect(port)) {
        stream.sendBytes((byte) 0xff, (byte) 0xff).sendBytes(new byte[0xffff]);
      } catch (IOException e) {
        // The same.
      }
    }
    assertAnswersAtOnce();
    closeAll(slow);
  }

  @Test
  void thousandIdleConnectionsKeepNoOneOut() throws Exception {
    List<DnsStream> idle = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      DnsStream stream = DnsStream.connect(port);
      idle.add(i % 2 == 0 ? stream : stream.sendBytes((byte) 0));
    }
    assertAnswersAtOnce();
    closeAll(idle);
  }

  /** Else most of what we send would be lost in the buffer of its socket. */
  private static void letItCatchUp(int sent) throws IOException {
    if (sent % BURST == 0) {
      Message update = query("example.");
      update.getHeader().setOpcode(Opcode.UPDATE);
      try (DnsDatagrams udp = DnsDatagrams.with(port)) {
        assertThat(udp.send(update).receive().getRcode()).isEqualTo(Rcode.NOTIMP);
      }
    }
  }

  private static void closeAll(List<DnsStream> streams) throws IOException {
    for (DnsStream stream : streams) {
      stream.close();
    }
  }

  private static void assertAnswersAtOnce() throws IOException {
    long begun = System.nanoTime();
    Message query = query("positive-0.example.");
    int id = query.getHeader().getID();
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      for (Message answer : List.of(udp.send(query).receive(), tcp.send(query).receive())) {
        assertThat(answer.getHeader().getID()).as("seed " + SEED).isEqualTo(id);
        assertThat(answer.getSection(Section.ANSWER)).as("seed " + SEED).hasSize(1);
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
  }

  private static void assertHoldsLittle() throws Exception {
    ProcessUsage.assumeAvailable();
    assertThat(ProcessUsage.of(folder, jar.pid()).heapBytes()).isLessThan(MAX_HEAP_BYTES);
  }

  private byte[] mutated(byte[] original) {
    byte[] message = original.clone();
    int mutations = random.nextInt(4);
    for (int i = 0; i < mutations; i++) {
      int at = random.nextInt(message.length);
      switch (random.nextInt(4)) {
        case 0 -> message[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> message[at] = (byte) random.nextInt(256);
        case 2 -> message = Arrays.copyOf(message, at + 1);
        default -> message[at] = (byte) 0xc0;
      }
    }
    return message;
  }

  /** Queries, good and bad, and what is none. */
  private List<byte[]> corpus() throws IOException {
    List<byte[]> corpus = new ArrayList<>();
    for (int type : new int[] {Type.A, Type.ANY, Type.AXFR, Type.OPT, 65280}) {
      Message query = query("nxdomain-0.example.", type);
      corpus.add(query.toWire());
      query.addRecord(
          new OPTRecord(4096, 0, 0, 0x8000, new GenericEDNSOption(65001, new byte[9])),
          Section.ADDITIONAL);
      corpus.add(query.toWire());
    }
    Message reply = query("nxdomain-0.example.");
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setRcode(Rcode.REFUSED);
    corpus.add(reply.toWire());
    String header = "1234" + "0100" + "0001" + "0000" + "0000" + "0000";
    // Names that point to themselves, to each other, behind the end, or never end.
    for (String name : List.of("c00c", "c00ec00c", "c0ff", "01", "3f", "c0", "40", "80")) {
      corpus.add(HexFormat.of().parseHex(header + name + "00010001"));
    }
    byte[] noise = new byte[512];
    random.nextBytes(noise);
    corpus.add(noise);
    return corpus;
  }

  private static Message query(String name) throws IOException {
    return query(name, Type.A);
  }

  private static Message query(String name, int type) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
  }
}
