package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.config.QuestionCase;
import firstanswer.testing.CollisionEntropy;
import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.GuessingAttacker;
import firstanswer.testing.Jar;
import firstanswer.testing.PatientNameServer;
import firstanswer.testing.PatientNameServer.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * An attacker who does not see the queries of the packaged jar to a name server, and guesses. It
 * knows all else: the questions, the server's address, and the ports that queries come from. The
 * profile {@code forgery} lets it try for a minute.
 */
class BlindForgeryIT {
  private static final int QUERIES = 10_000;
  private static final int AT_ONCE = 50;
  private static final int FORGED_PER_SECOND = 100_000;
  private static final int SECONDS = Integer.getInteger("forgery.seconds", 3);

  /** Time enough for the attacker, who has as long as the server takes. */
  private static final int ANSWER_AFTER_MILLIS = 300;

  private static final String FORGED = "forged";

  @TempDir private Path folder;

  @Test
  void portsAndIdsOfQueriesAreHardToGuess() throws Exception {
    try (PatientNameServer server = PatientNameServer.start(0);
        Jar balancer = Jar.loadBalancer(folder, "dns://127.0.0.1:" + server.port());
        DnsDatagrams client = DnsDatagrams.with(balancer.ready().get("ls.dns"))) {
      for (int first = 0; first < QUERIES; first += AT_ONCE) {
        askAtOnce(client, first);
      }
      List<Seen> seen = server.seen();
      CollisionEntropy ids = CollisionEntropy.of(seen.stream().map(Seen::id).toList());
      CollisionEntropy ports = CollisionEntropy.of(seen.stream().map(Seen::port).toList());
      System.out.printf(
          "%d queries: port %s, id %s, both %s%n",
          seen.size(), ports, ids, CollisionEntropy.of(seen));
      // 16 bits of id and 16 sockets, less what chance may take once in a million runs.
      assertThat(ids.bits()).isGreaterThan(15.7);
      assertThat(ports.bits()).isGreaterThan(3.9);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void guessedAnswersAreNotAccepted(QuestionCase questionCase) throws Exception {
    String letters = questionCase.name().toLowerCase(Locale.ROOT);
    List<String> options = List.of("-Dfirstanswer.dns-upstream.question-case=" + letters);
    try (PatientNameServer server = PatientNameServer.start(ANSWER_AFTER_MILLIS);
        Jar balancer = Jar.loadBalancer(folder, options, "dns://127.0.0.1:" + server.port());
        DnsDatagrams client = DnsDatagrams.with(balancer.ready().get("ls.dns"));
        GuessingAttacker attacker = new GuessingAttacker(server, FORGED_PER_SECOND)) {
      // Shows the attacker the ports that queries come from.
      askAtOnce(client, 0);
      askAtOnce(client, AT_ONCE);
      Map<String, Integer> said = new TreeMap<>();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      for (int i = 2 * AT_ONCE; System.nanoTime() < end; i++) {
        Message query = query(i);
        attacker.target(query);
        said.merge(word(client.send(query).receive()), 1, Integer::sum);
      }
      System.out.printf(
          "case %s: %d answers forged in %d s: %s%n", letters, attacker.sent(), SECONDS, said);
      assertThat(attacker.sent()).isGreaterThan(SECONDS * FORGED_PER_SECOND / 10);
      assertThat(said).doesNotContainKey(FORGED);
      assertThat(said).containsKey("right");
    }
  }

  private static void askAtOnce(DnsDatagrams client, int first) throws IOException {
    for (int i = first; i < first + AT_ONCE; i++) {
      client.send(query(i));
    }
    for (int i = 0; i < AT_ONCE; i++) {
      client.receive();
    }
  }

  private static Message query(int number) throws IOException {
    Name name = Name.fromString("q" + number + ".example.");
    return Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
  }

  private static String word(Message answer) {
    List<Record> records = answer.getSection(Section.ANSWER);
    if (records.size() != 1) {
      return Rcode.string(answer.getRcode());
    }
    return switch (records.get(0).rdataToString()) {
      case PatientNameServer.ADDRESS -> "right";
      case GuessingAttacker.ADDRESS -> FORGED;
      default -> answer.toString();
    };
  }
}
