package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Messages as dnsjava builds and reads them. */
final class Messages {
  /** The longest name there is: 255 bytes. */
  static final String LONGEST = ("a".repeat(63) + ".").repeat(3) + "b".repeat(61) + ".";

  static final int ID = 0x1234;

  private static final int DO = 0x8000;

  private Messages() {}

  static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** A query with RD and the id {@link #ID}. */
  static Message query(String name, int type) {
    Message query = Message.newQuery(Record.newRecord(name(name), type, DClass.IN));
    query.getHeader().setID(ID);
    return query;
  }

  static Message withOpt(Message message, EDNSOption... options) {
    message.addRecord(new OPTRecord(4096, 0, 0, 0, options), Section.ADDITIONAL);
    return message;
  }

  static Message withDnssecOk(Message message, EDNSOption... options) {
    message.addRecord(new OPTRecord(4096, 0, 0, DO, options), Section.ADDITIONAL);
    return message;
  }

  /** What {@code query} is for a server: one that is to be resolved. */
  static DnsQuery received(Message query) {
    return received(query.toWire());
  }

  static DnsQuery received(byte[] query) {
    ClientMessage received = QueryReader.read(query);
    assertThat(received).isInstanceOf(ClientMessage.ToResolve.class);
    return ((ClientMessage.ToResolve) received).query();
  }

  /** A response to the question, to which {@code content} adds records. */
  static Message response(String name, int type, int rcode, Consumer<Message> content) {
    Message response = new Message(ID);
    response.getHeader().setFlag(Flags.QR);
    response.getHeader().setFlag(Flags.RD);
    response.getHeader().setFlag(Flags.RA);
    response.getHeader().setRcode(rcode);
    response.addRecord(Record.newRecord(name(name), type, DClass.IN), Section.QUESTION);
    content.accept(response);
    return response;
  }

  static Optional<Answer> answer(Message query, byte[] response) {
    return AnswerReader.read(query.toWire(), response);
  }

  static Message parse(byte[] bytes) {
    try {
      return new Message(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Record a(String owner, String address) {
    return record(owner, Type.A, address);
  }

  static Record cname(String owner, String target) {
    return new CNAMERecord(name(owner), DClass.IN, 300, name(target));
  }

  static Record ns(String zone) {
    return new NSRecord(name(zone), DClass.IN, 300, name("ns." + zone));
  }

  static Record soa(String zone) {
    Name host = name("ns." + zone);
    return new SOARecord(name(zone), DClass.IN, 300, host, host, 1, 2, 3, 4, 5);
  }

  static Record record(String owner, int type, String data) {
    try {
      return Record.fromString(name(owner), type, DClass.IN, 300, data, Name.root);
    } catch (IOException e) {
      throw new IllegalArgumentException(data, e);
    }
  }
}
