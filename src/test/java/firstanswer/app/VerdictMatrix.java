package firstanswer.app;

import firstanswer.testing.ScriptedNameServer.Script;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Puts two scripted name servers behind a forwarder, and records the winning answer for every
 * ordered pair of manners, in both orders of arrival.
 */
final class VerdictMatrix {
  /** The delay of the slower of two servers, well above the noise of a busy machine. */
  static final int LATER_MILLIS = 150;

  private static final int PATIENCE_MILLIS = 8000;
  private static final int MAX_DATAGRAM_BYTES = 4096;

  private VerdictMatrix() {}

  /**
   * The behaviour of two servers, in the order of their answers.
   *
   * @param swapped whether the first to answer is the second server
   */
  record Case(Script first, Script then, boolean swapped) {
    /** The name that makes the servers do it. */
    String name() {
      String early = first.after(0);
      String late = then.after(LATER_MILLIS);
      return (swapped ? late + "." + early : early + "." + late) + ".example.";
    }

    /**
     * The expected outcome (design.md, section 4), in the words of {@link VerdictMatrix#outcome}.
     */
    String verdict() {
      List<Script> said = List.of(first, then);
      for (Script best : List.of(Script.POSITIVE, Script.ALIAS, Script.NODATA, Script.NXDOMAIN)) {
        boolean canWin = best == Script.POSITIVE || !said.contains(Script.SILENCE);
        if (said.contains(best) && canWin) {
          return word(best);
        }
      }
      return "failure";
    }

    @Override
    public String toString() {
      return word(first) + ", then " + word(then) + (swapped ? ", swapped" : "");
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

  /** Every ordered pair, each order of arrival. */
  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Script first : Script.values()) {
      for (Script then : Script.values()) {
        cases.add(new Case(first, then, false));
        cases.add(new Case(first, then, true));
      }
    }
    return cases;
  }

  /** Puts all cases to the forwarder at {@code port} of loopback at once; what came of each. */
  static Map<Case, Told> ask(int port) throws IOException {
    List<Case> cases = cases();
    Map<Case, Told> told = new LinkedHashMap<>();
    long[] askedNanos = new long[cases.size()];
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      for (int id = 0; id < cases.size(); id++) {
        told.put(cases.get(id), new Told("no answer", 0));
        askedNanos[id] = System.nanoTime();
        byte[] query = query(cases.get(id), id);
        socket.send(new DatagramPacket(query, query.length));
      }
      socket.setSoTimeout(PATIENCE_MILLIS);
      DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
      for (int i = 0; i < cases.size(); i++) {
        socket.receive(packet);
        Message answer = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        int id = answer.getHeader().getID();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - askedNanos[id]);
        told.put(cases.get(id), new Told(outcome(answer), millis));
      }
    } catch (SocketTimeoutException e) {
      // Those that are left have no answer.
    }
    return told;
  }

  private static byte[] query(Case each, int id) throws IOException {
    Record question = Record.newRecord(Name.fromString(each.name()), Type.A, DClass.IN);
    Message query = Message.newQuery(question);
    query.getHeader().setID(id);
    return query.toWire();
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
