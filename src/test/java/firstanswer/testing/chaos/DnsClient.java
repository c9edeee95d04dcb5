package firstanswer.testing.chaos;

import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.DnsStream;
import firstanswer.testing.chaos.Ledger.Asked;
import firstanswer.testing.chaos.Ledger.Outcome;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Speaks DNS; ids follow each other, so that no two queries that wait have the same. */
final class DnsClient extends Client {
  private static final int IDS = 1 << 16;
  private static final int UDP_SIZE = 1232;
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  /** How its messages travel. */
  private interface Way extends Closeable {
    void send(Message message) throws IOException;

    Message receive() throws IOException;
  }

  private final Way way;
  private final AtomicReferenceArray<Asked> byId = new AtomicReferenceArray<>(IDS);
  private int asked;

  private DnsClient(String name, Ledger ledger, Way way) {
    super(name, ledger);
    this.way = way;
    listen();
  }

  static Client overUdp(int port, Ledger ledger) throws IOException {
    DnsDatagrams socket = DnsDatagrams.with(port).receiveBuffer(RECEIVE_BUFFER_BYTES);
    return new DnsClient(
        "UDP",
        ledger,
        new Way() {
          @Override
          public void send(Message message) throws IOException {
            socket.send(message);
          }

          @Override
          public Message receive() throws IOException {
            return socket.receive();
          }

          @Override
          public void close() {
            socket.close();
          }
        });
  }

  static Client overTcp(int port, Ledger ledger) throws IOException {
    DnsStream stream = DnsStream.connect(port);
    return new DnsClient(
        "TCP",
        ledger,
        new Way() {
          @Override
          public void send(Message message) throws IOException {
            stream.send(message);
          }

          @Override
          public Message receive() throws IOException {
            return stream.receive();
          }

          @Override
          public void close() throws IOException {
            stream.close();
          }
        });
  }

  @Override
  void ask(int number, int type) throws IOException {
    Message query = query(SplitNames.name(number), type);
    int id = asked++ % IDS;
    query.getHeader().setID(id);
    byId.set(id, ledger().ask(name(), number, type));
    way.send(query);
  }

  /** With EDNS. */
  static Message query(String name, int type) throws IOException {
    Record question = Record.newRecord(Name.fromString(name + "."), type, DClass.IN);
    Message query = Message.newQuery(question);
    query.addRecord(new OPTRecord(UDP_SIZE, 0, 0), Section.ADDITIONAL);
    return query;
  }

  @Override
  void receive() throws IOException {
    Message answer = way.receive();
    Asked query = byId.get(answer.getHeader().getID());
    if (query == null || !isOf(query, answer.getQuestion())) {
      ledger().violation("to another question than " + query + ": " + answer);
    } else if (!isTrue(query, answer)) {
      ledger().violation("to " + query + ": " + answer);
    } else {
      ledger().answer(query, outcome(answer));
    }
  }

  private static boolean isOf(Asked query, Record question) {
    return question != null
        && question.getType() == query.type()
        && question.getName().toString().equals(SplitNames.name(query.number()) + ".");
  }

  /** Its records, if it has any, are the one address of the name. */
  private static boolean isTrue(Asked query, Message answer) {
    List<Record> records = answer.getSection(Section.ANSWER);
    return answer.getHeader().getFlag(Flags.QR)
        && (records.isEmpty() || (records.size() == 1 && isTrue(query, records.get(0))));
  }

  private static boolean isTrue(Asked query, Record record) {
    return query.isHeld()
        && isOf(query, record)
        && record.rdataToString().equals(SplitNames.address(query.number()));
  }

  private static Outcome outcome(Message answer) {
    int rcode = answer.getRcode();
    if (answer.getHeader().getFlag(Flags.TC) || rcode == Rcode.REFUSED) {
      return Outcome.REFUSED;
    }
    if (!answer.getSection(Section.ANSWER).isEmpty()) {
      return Outcome.POSITIVE;
    }
    if (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN) {
      return Outcome.NEGATIVE;
    }
    return isTimedOut(answer) ? Outcome.TIMED_OUT : Outcome.FAILURE;
  }

  private static boolean isTimedOut(Message answer) {
    return answer.getOPT() != null
        && answer.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
            .map(ExtendedErrorCodeOption.class::cast)
            .anyMatch(error -> error.getText().startsWith("TIMED OUT"));
  }

  @Override
  void disconnect() throws IOException {
    way.close();
  }
}
