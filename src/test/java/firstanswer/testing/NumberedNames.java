package firstanswer.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A zone of numbered names, each with an address of its own, so that a wrong answer shows. */
public final class NumberedNames {
  /** The zone's name. */
  public static final String ORIGIN = "tail.example";

  /** Judges an answer; the right one is known. */
  public enum Worth {
    RIGHT,
    /** Another address, none, or "no such name". */
    WRONG,
    /** SERVFAIL, REFUSED, cut: the client knows that it knows nothing. */
    FAILURE
  }

  private final List<byte[]> queries = new ArrayList<>();

  /** Names 0 to {@code count} - 1; at most 65,536. */
  public NumberedNames(int count) throws IOException {
    for (int number = 0; number < count; number++) {
      Name name = Name.fromString("n" + number + "." + ORIGIN + ".");
      queries.add(Message.newQuery(Record.newRecord(name, Type.A, DClass.IN)).toWire());
    }
  }

  public int count() {
    return queries.size();
  }

  /** The master file of those names that {@code held} lets through. */
  public String zone(IntPredicate held) {
    return IntStream.range(0, count())
        .filter(held)
        .mapToObj(number -> "n" + number + " A " + address(number) + "\n")
        .collect(
            Collectors.joining(
                "",
                "$TTL 60\n@ SOA ns hostmaster 1 3600 900 604800 60\n@ NS ns\nns A 10.1.0.0\n",
                ""));
  }

  private static String address(int number) {
    return "10.0." + (number >> 8) + "." + (number & 0xff);
  }

  /** The query for the type A of a name, as a message whose id is still to be set. */
  public byte[] query(int number) {
    return queries.get(number);
  }

  /** Judges what somebody was told who had asked for the name with that number. */
  public Worth worth(int number, byte[] message) throws IOException {
    Message answer = new Message(message);
    int rcode = answer.getRcode();
    if (answer.getHeader().getFlag(Flags.TC)
        || (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN)) {
      return Worth.FAILURE;
    }
    List<Record> records = answer.getSection(Section.ANSWER);
    return records.size() == 1
            && records.get(0) instanceof ARecord a
            && a.getAddress().getHostAddress().equals(address(number))
        ? Worth.RIGHT
        : Worth.WRONG;
  }
}
