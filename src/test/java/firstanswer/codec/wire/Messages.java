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

/** Builds and parses messages with dnsjava. */
public final class Messages {
  /** The longest name: 255 bytes (RFC 1035 section 2.3.4). */
  public static final String LONGEST = ("a".repeat(63) + ".").repeat(3) + "b".repeat(61) + ".";

  public static final int ID = 0x1234;

  private static final int DO = 0x8000;

  private Messages() {}

  public static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** A query with RD and the id {@link #ID}. */
  public static Message query(String name, int type) {
    Message query = Message.newQuery(Record.newRecord(name(name), type, DClass.IN));
    query.getHeader().setID(ID);
    return query;
  }

  public static Message withOpt(Message message, EDNSOption... options) {
    message.addRecord(new OPTRecord(4096, 0, 0, 0, options), Section.ADDITIONAL);
    return message;
  }

  public static Message withDnssecOk(Message message, EDNSOption... options) {
    message.addRecord(new OPTRecord(4096, 0, 0, DO, options), Section.ADDITIONAL);
    return message;
  }

  /** {@code query} as a front end reads it. */
  public static ClientQuery received(Message query) {
    return received(query.toWire());
  }

  public static ClientQuery received(byte[] query) {
    ClientMessage received = QueryReader.read(query);
    assertThat(received).isInstanceOf(ClientQuery.class);
    return (ClientQuery) received;
  }

  /** A response to the question, to which {@code content} adds records. */
  public static Message response(String name, int type, int rcode, Consumer<Message> content) {
    Message response = new Message(ID);
    response.getHeader().setFlag(Flags.QR);
    response.getHeader().setFlag(Flags.RD);
    response.getHeader().setFlag(Flags.RA);
    response.getHeader().setRcode(rcode);
    response.addRecord(Record.newRecord(name(name), type, DClass.IN), Section.QUESTION);
    content.accept(response);
    return response;
  }

  public static Optional<Answer> answer(Message query, byte[] response) {
    return AnswerReader.read(query.toWire(), response).map(UpstreamResponse::answer);
  }

  public static Message parse(byte[] bytes) {
    try {
      return new Message(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Record a(String owner, String address) {
    return record(owner, Type.A, address);
  }

  public static Record cname(String owner, String target) {
    return new CNAMERecord(name(owner), DClass.IN, 300, name(target));
  }

  public static Record ns(String zone) {
    return new NSRecord(name(zone), DClass.IN, 300, name("ns." + zone));
  }

  public static Record soa(String zone) {
    Name host = name("ns." + zone);
    return new SOARecord(name(zone), DClass.IN, 300, host, host, 1, 2, 3, 4, 5);
  }

  public static Record record(String owner, int type, String data) {
    try {
      return Record.fromString(name(owner), type, DClass.IN, 300, data, Name.root);
    } catch (IOException e) {
      throw new IllegalArgumentException(data, e);
    }
  }
}
