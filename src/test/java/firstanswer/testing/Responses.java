package firstanswer.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** The responses of name servers to a query. */
public final class Responses {
  private static final int TTL_SECONDS = 60;

  private Responses() {}

  /** The query's id and question, and that address at its name. */
  public static byte[] positive(Message query, String address) {
    return response(query, m -> m.addRecord(a(query, address), Section.ANSWER)).toWire();
  }

  /** Cut: no records, and TC. */
  public static byte[] truncated(Message query) {
    return response(query, m -> m.getHeader().setFlag(Flags.TC)).toWire();
  }

  /** An RCODE and no records. */
  public static byte[] failure(Message query, int rcode) {
    return response(query, m -> m.getHeader().setRcode(rcode)).toWire();
  }

  /** With the query's id and question; {@code content} adds the rest. */
  public static Message response(Message query, Consumer<Message> content) {
    Message response = new Message(query.getHeader().getID());
    response.getHeader().setFlag(Flags.QR);
    response.getHeader().setRcode(Rcode.NOERROR);
    response.addRecord(query.getQuestion(), Section.QUESTION);
    content.accept(response);
    return response;
  }

  private static Record a(Message query, String address) {
    try {
      return new ARecord(
          query.getQuestion().getName(), DClass.IN, TTL_SECONDS, InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }
}
