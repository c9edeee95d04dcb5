package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.Jar;
import firstanswer.testing.WatchedNameServer;
import firstanswer.testing.WatchedNameServer.Seen;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * An attacker who sees all queries of the packaged jar and forges answers to them, each wrong in
 * one point only, while the name server takes its time.
 */
class ForgedAnswersIT {
  private static final int QUERIES = 480;
  private static final int AT_ONCE = 60;
  private static final int SOCKETS = 16;
  private static final int ANSWER_AFTER_MILLIS = 300;
  private static final int PATIENCE_MILLIS = 8000;
  private static final int MAX_DATAGRAM_BYTES = 4096;

  @TempDir private Path folder;

  @Test
  void noForgedAnswerGetsThrough() throws Exception {
    try (WatchedNameServer server = new WatchedNameServer(ANSWER_AFTER_MILLIS);
        Jar balancer = Jar.loadBalancer(folder, "dns://127.0.0.1:" + server.port())) {
      int port = balancer.ready().get("ls.dns");
      server.forgeAnswers();
      Map<Integer, String> answers = askAll(port);
      assertThat(server.forged()).isGreaterThan(2000);
      assertThat(answers).hasSize(QUERIES);
      assertThat(answers)
          .allSatisfy((id, answer) -> assertThat(answer).isEqualTo(name(id) + " 192.0.2.1"));
      queriesAreHardToForesee(server.seen());
      balancer.terminate();
      assertThat(balancer.status()).isZero();
      assertThat(balancer.errors()).containsPattern("\\d{4,} late or foreign answers dropped");
    }
  }

  /** By the id of the query, which is also in the name. */
  private static Map<Integer, String> askAll(int port) throws Exception {
    Map<Integer, String> answers = new HashMap<>();
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(PATIENCE_MILLIS);
      for (int first = 0; first < QUERIES; first += AT_ONCE) {
        for (int id = first; id < first + AT_ONCE; id++) {
          byte[] query = query(id).toWire();
          socket.send(new DatagramPacket(query, query.length));
        }
        for (int i = 0; i < AT_ONCE; i++) {
          DatagramPacket packet =
              new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
          socket.receive(packet);
          Message answer = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
          answers.put(answer.getHeader().getID(), said(answer));
        }
      }
    }
    return answers;
  }

  private static Message query(int id) throws Exception {
    Message query =
        Message.newQuery(Record.newRecord(Name.fromString(name(id)), Type.A, DClass.IN));
    query.getHeader().setID(id);
    return query;
  }

  private static String name(int id) {
    return "q" + id + ".example.";
  }

  /** Name and address, or what there is instead. */
  private static String said(Message answer) {
    List<Record> records = answer.getSection(Section.ANSWER);
    return records.size() == 1
        ? records.get(0).getName() + " " + records.get(0).rdataToString()
        : answer.toString();
  }

  /** Chance alone makes this fail less than once in a billion runs. */
  private static void queriesAreHardToForesee(List<Seen> seen) {
    assertThat(seen).hasSize(QUERIES);
    Map<Integer, Long> byPort =
        seen.stream().collect(Collectors.groupingBy(Seen::port, Collectors.counting()));
    assertThat(byPort).hasSize(SOCKETS);
    assertThat(byPort.values()).allMatch(n -> n < 3 * QUERIES / SOCKETS);
    assertThat(seen.stream().map(Seen::id).distinct().count()).isGreaterThan(QUERIES - 20);
    assertThat(
            IntStream.range(1, QUERIES)
                .map(i -> (seen.get(i).id() - seen.get(i - 1).id()) & 0xffff)
                .filter(step -> step <= 2)
                .count())
        .isLessThan(10);
  }
}
