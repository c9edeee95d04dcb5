package firstanswer.app;

import firstanswer.testing.ManyQueries;
import firstanswer.testing.ScriptedNameServer.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Puts two or three scripted name servers behind a forwarder, any forwarder, and records the
 * winning answer for the manners of the servers in every order of arrival.
 */
final class VerdictMatrix {
  /** The time from one server's answer to the next, well above the noise of a busy machine. */
  static final int LATER_MILLIS = 150;

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** No more than a millisecond's queries come at once: this is not about floods. */
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final List<Script> BEST_FIRST =
      List.of(Script.POSITIVE, Script.ALIAS, Script.NODATA, Script.NXDOMAIN);

  private VerdictMatrix() {}

  /**
   * The behaviour of the servers.
   *
   * @param said in the order of arrival
   * @param servers which server says it, 0 being the first of the forwarder's configuration
   */
  record Case(List<Script> said, List<Integer> servers) {
    /** The name that makes the servers do it: the first label is for the first server. */
    Name name(int round) throws IOException {
      String labels =
          IntStream.range(0, said.size())
              .mapToObj(server -> servers.indexOf(server))
              .map(turn -> said.get(turn).after(turn * LATER_MILLIS))
              .collect(Collectors.joining("."));
      return Name.fromString(labels + ".round" + round + ".example.");
    }

    /** The expected outcome, in the words of {@link VerdictMatrix#outcome}. */
    String verdict() {
      for (Script best : BEST_FIRST) {
        boolean canWin = best == Script.POSITIVE || !said.contains(Script.SILENCE);
        if (said.contains(best) && canWin) {
          return word(best);
        }
      }
      return "failure";
    }

    /** The same answers, with the servers in the order of arrival. */
    Case inOrder() {
      return new Case(said, servers.stream().sorted().toList());
    }

    @Override
    public String toString() {
      String order = equals(inOrder()) ? "" : ", by servers " + servers;
      return said.stream().map(VerdictMatrix::word).collect(Collectors.joining(", then ")) + order;
    }
  }

  /**
   * The answer to a client.
   *
   * @param outcome in a word
   * @param millis after the question
   */
  record Told(String outcome, long millis) {}

  static String word(Script script) {
    return script.name().toLowerCase(Locale.ROOT);
  }

  /** Every ordered pair, from two servers in both orders. */
  static List<Case> pairs() {
    List<Case> cases = new ArrayList<>();
    for (Script first : Script.values()) {
      for (Script then : Script.values()) {
        cases.add(new Case(List.of(first, then), List.of(0, 1)));
        cases.add(new Case(List.of(first, then), List.of(1, 0)));
      }
    }
    return cases;
  }

  /** Every ordered triple, from three servers in one of their orders, each order in turn. */
  static List<Case> triples() {
    List<List<Integer>> orders =
        List.of(
            List.of(0, 1, 2),
            List.of(1, 2, 0),
            List.of(2, 0, 1),
            List.of(0, 2, 1),
            List.of(2, 1, 0),
            List.of(1, 0, 2));
    List<Case> cases = new ArrayList<>();
    for (Script first : Script.values()) {
      for (Script then : Script.values()) {
        for (Script last : Script.values()) {
          List<Integer> servers = orders.get(cases.size() % orders.size());
          cases.add(new Case(List.of(first, then, last), servers));
        }
      }
    }
    return cases;
  }

  /**
   * Puts {@code cases} to the forwarder at {@code port} of loopback, side by side; what came of
   * each.
   *
   * @param round a number that makes other names than another one does
   */
  static Map<Case, Told> ask(int port, List<Case> cases, int round)
      throws IOException, InterruptedException {
    long[] askedNanos = new long[cases.size()];
    try (ManyQueries client = new ManyQueries(cases.size())) {
      for (int id = 0; id < cases.size(); id++) {
        askedNanos[id] = client.ask(id, port, cases.get(id).name(round));
        LockSupport.parkNanos(GAP_NANOS);
      }
      client.awaitAnswers(PATIENCE);
      Map<Case, Told> told = new LinkedHashMap<>();
      for (int id = 0; id < cases.size(); id++) {
        told.put(cases.get(id), told(askedNanos[id], client.answer(id)));
      }
      return told;
    }
  }

  private static Told told(long askedNanos, Optional<ManyQueries.Answer> answer)
      throws IOException {
    if (answer.isEmpty()) {
      return new Told("no answer", 0);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(answer.get().nanos() - askedNanos);
    return new Told(outcome(answer.get().message()), millis);
  }

  /** The outcome for a client, in one word. */
  private static String outcome(Message answer) {
    if (answer.getRcode() != Rcode.NOERROR) {
      return answer.getRcode() == Rcode.NXDOMAIN ? "nxdomain" : "failure";
    }
    List<Record> answers = answer.getSection(Section.ANSWER);
    if (answers.isEmpty()) {
      return "nodata";
    }
    return answers.stream().anyMatch(r -> r.getType() == Type.A) ? "positive" : "alias";
  }
}
