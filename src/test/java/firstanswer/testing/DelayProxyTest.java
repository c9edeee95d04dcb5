package firstanswer.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import firstanswer.testing.DelayProxy.Fate;
import firstanswer.testing.DelayProxy.Manners;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DelayProxyTest {
  private static final Duration DELAY = Duration.ofMillis(50);
  private static final int PATIENCE_MILLIS = 10_000;

  private DatagramSocket server;

  @BeforeEach
  void start() throws IOException {
    server = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setSoTimeout(PATIENCE_MILLIS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sharesAreWhatTheyShouldBeAndTheSameEachTime() {
    Manners manners = new Manners(0.1, DELAY, 0.01, 7);
    Map<Fate, Long> fates = fates(manners, 100_000).collect(groupingBy(f -> f, counting()));
    assertThat(fates.get(Fate.LATE)).isCloseTo(10_000, within(300L));
    assertThat(fates.get(Fate.LOST)).isCloseTo(1_000, within(100L));
    assertThat(fates(manners, 100)).containsExactlyElementsOf(fates(manners, 100).toList());
  }

  private static Stream<Fate> fates(Manners manners, int count) {
    Random random = new Random(manners.seed());
    return Stream.generate(() -> manners.next(random)).limit(count);
  }

  @Test
  void answersReachTheirClientsIntactThoughIdsAreTheSameAndTheOrderIsNot() throws IOException {
    try (DelayProxy proxy = new DelayProxy(server.getLocalPort(), Manners.GOOD);
        DnsDatagrams one = DnsDatagrams.with(proxy.port());
        DnsDatagrams other = DnsDatagrams.with(proxy.port())) {
      one.sendBytes(query(5, "one"));
      DatagramPacket first = received();
      other.sendBytes(query(5, "other"));
      server.send(received());
      server.send(first);
      assertThat(one.receiveBytes()).isEqualTo(query(5, "one"));
      assertThat(other.receiveBytes()).isEqualTo(query(5, "other"));
      assertThat(proxy.queries()).isEqualTo(2);
    }
  }

  @Test
  void answersThatNobodyAskedForAreDropped() throws IOException {
    try (DelayProxy proxy = new DelayProxy(server.getLocalPort(), Manners.GOOD);
        DnsDatagrams client = DnsDatagrams.with(proxy.port())) {
      client.sendBytes(query(5, "name"));
      DatagramPacket query = received();
      byte[] foreign = query(9, "foreign");
      server.send(new DatagramPacket(foreign, foreign.length, query.getSocketAddress()));
      server.send(query);
      assertThat(client.receiveBytes()).isEqualTo(query(5, "name"));
    }
  }

  @Test
  void lostAnswersAreThoseOfTheSeedAndTheOthersComeInOrder() throws IOException {
    Manners manners = new Manners(0, DELAY, 0.3, 7);
    List<Fate> fates = fates(manners, 50).toList();
    try (DelayProxy proxy = new DelayProxy(server.getLocalPort(), manners);
        DnsDatagrams client = DnsDatagrams.with(proxy.port())) {
      for (int id = 0; id < fates.size(); id++) {
        client.sendBytes(query(id, "name"));
        server.send(received());
      }
      for (int id : IntStream.range(0, 50).filter(i -> fates.get(i) != Fate.LOST).toArray()) {
        assertThat(client.receiveBytes()).isEqualTo(query(id, "name"));
      }
    }
  }

  @Test
  void lateAnswersComeAfterTheDelayAndNoneIsForgotten() throws IOException {
    Manners manners = new Manners(0.5, DELAY, 0, 7);
    List<Fate> fates = fates(manners, 20).toList();
    try (DelayProxy proxy = new DelayProxy(server.getLocalPort(), manners);
        DnsDatagrams client = DnsDatagrams.with(proxy.port())) {
      long startNanos = System.nanoTime();
      for (int id = 0; id < fates.size(); id++) {
        client.sendBytes(query(id, "name"));
        server.send(received());
      }
      Set<Integer> ids = new HashSet<>();
      for (int i = 0; i < fates.size(); i++) {
        int id = client.receiveBytes()[1];
        Duration waited = Duration.ofNanos(System.nanoTime() - startNanos);
        assertThat(fates.get(id) == Fate.IN_TIME || waited.compareTo(DELAY) >= 0).isTrue();
        ids.add(id);
      }
      assertThat(ids).hasSameSizeAs(fates);
    }
  }

  private static byte[] query(int id, String rest) {
    byte[] text = ("??" + rest).getBytes(US_ASCII);
    text[0] = (byte) (id >> 8);
    text[1] = (byte) id;
    return text;
  }

  /** The bytes that the server has received; it echoes by sending them. */
  private DatagramPacket received() throws IOException {
    byte[] bytes = new byte[512];
    DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
    server.receive(packet);
    byte[] copy = Arrays.copyOf(bytes, packet.getLength());
    return new DatagramPacket(copy, copy.length, packet.getSocketAddress());
  }
}
