package firstanswer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A name server over UDP that does to each question what the question says: a label of its own in
 * the name, such as {@code nxdomain-80}, is what to answer and after how many milliseconds. A
 * question that says nothing of the kind is refused.
 */
public final class ScriptedNameServer implements AutoCloseable {

  /** The manners in which it can answer. */
  public enum Script {
    POSITIVE,
    ALIAS,
    NODATA,
    NXDOMAIN,
    SERVFAIL,
    REFUSED,
    NOTIMP,
    FORMERR,
    UNREADABLE,
    SILENCE;

    /** The label that makes a server do it. */
    public String after(int milliseconds) {
      return name().toLowerCase(Locale.ROOT) + "-" + milliseconds;
    }
  }

  private static final Pattern SCRIPTS =
      Pattern.compile(
          Arrays.stream(Script.values())
              .map(script -> script.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining("|", "(?:", ")-\\d{1,4}")));

  private static final int MAX_DATAGRAM_BYTES = 4096;

  /** Asked for; the system gives what it may. */
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

  private static final long TTL_SECONDS = 60;

  private final int label;
  private final DatagramSocket socket;
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final Arrivals arrivals = new Arrivals();
  private volatile String always = "";

  /** Listens at a free port of loopback; obeys the label of that number, 0 being the first. */
  public ScriptedNameServer(int label) throws SocketException {
    this(label, 0);
  }

  /** The same at {@code port}. */
  public ScriptedNameServer(int label, int port) throws SocketException {
    this.label = label;
    this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    Thread reader = new Thread(this::serve, "scripted-" + label);
    reader.setDaemon(true);
    reader.start();
  }

  /** Where it listens. */
  public int port() {
    return socket.getLocalPort();
  }

  /** From now on, all questions are taken to say {@code script}; if empty, what they do say. */
  public void always(String script) {
    always = script;
  }

  /** When it was asked for what. */
  public Arrivals arrivals() {
    return arrivals;
  }

  private void serve() {
    byte[] buffer = new byte[MAX_DATAGRAM_BYTES];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        act(new Message(Arrays.copyOf(buffer, packet.getLength())), packet.getSocketAddress());
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void act(Message query, SocketAddress client) throws IOException {
    arrivals.note(query.getQuestion().getName());
    String[] scriptAndDelay = said(query.getQuestion().getName()).split("-", 2);
    Script script = Script.valueOf(scriptAndDelay[0].toUpperCase(Locale.ROOT));
    if (script == Script.SILENCE) {
      return;
    }
    byte[] answer = answer(script, query);
    var unused =
        later.schedule(
            () -> send(answer, client), Long.parseLong(scriptAndDelay[1]), TimeUnit.MILLISECONDS);
  }

  private String said(Name name) {
    if (!always.isEmpty()) {
      return always;
    }
    String own = label < name.labels() ? name.getLabelString(label).toLowerCase(Locale.ROOT) : "";
    return SCRIPTS.matcher(own).matches() ? own : Script.REFUSED.after(0);
  }

  private void send(byte[] answer, SocketAddress client) {
    try {
      socket.send(new DatagramPacket(answer, answer.length, client));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] answer(Script script, Message query) throws TextParseException {
    Name name = query.getQuestion().getName();
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RD);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(query.getQuestion(), Section.QUESTION);
    Name elsewhere = Name.fromString("elsewhere.example.");
    switch (script) {
      case POSITIVE, UNREADABLE -> answer.addRecord(address(name), Section.ANSWER);
      case ALIAS ->
          answer.addRecord(
              new CNAMERecord(name, DClass.IN, TTL_SECONDS, elsewhere), Section.ANSWER);
      case NODATA, NXDOMAIN -> answer.addRecord(soa(), Section.AUTHORITY);
      default -> {}
    }
    switch (script) {
      case NXDOMAIN, SERVFAIL, REFUSED, NOTIMP, FORMERR ->
          answer.getHeader().setRcode(Rcode.value(script.name()));
      default -> {}
    }
    byte[] wire = answer.toWire();
    return script == Script.UNREADABLE ? Arrays.copyOf(wire, wire.length - 2) : wire;
  }

  private static Record address(Name name) {
    return Record.newRecord(name, Type.A, DClass.IN, TTL_SECONDS, new byte[] {(byte) 192, 0, 2, 1});
  }

  private static Record soa() throws TextParseException {
    Name example = Name.fromString("example.");
    return new SOARecord(example, DClass.IN, TTL_SECONDS, example, example, 1, 1, 1, 1, 60);
  }

  @Override
  public void close() {
    later.shutdownNow();
    socket.close();
  }
}
