package firstanswer.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.typed.ActorSystem;
import firstanswer.access.ClientLimits;
import firstanswer.access.OpenFiles;
import firstanswer.access.ProcessLimits;
import firstanswer.access.UnsentAnswers;
import firstanswer.config.AccessList;
import firstanswer.config.ClientLimitSettings;
import firstanswer.config.DnsListenerSettings;
import firstanswer.config.HostPort;
import firstanswer.config.ListenerLimits;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.Question;
import firstanswer.testing.DnsStream;
import firstanswer.testing.HeldResolver;
import firstanswer.testing.Listeners;
import firstanswer.transport.OpenListener;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Raw sockets in front of a resolver that knows a name, has a long answer, or holds it back. */
final class DnsListenerFixture implements AutoCloseable {
  private static final Duration LONG = Duration.ofHours(1);

  static final DnsListenerSettings SETTINGS = new Limits().settings();
  static final int RECORDS_OF_BIG = 200;

  /** Receives the questions whose names begin with "held". */
  final HeldResolver held = new HeldResolver(DnsListenerFixture::answer);

  /** Has room for any number of bytes. */
  final UnsentAnswers unsent = new UnsentAnswers(Long.MAX_VALUE);

  private final ActorSystem<?> system;
  private final List<OpenListener> toDrain = new ArrayList<>();

  DnsListenerFixture(ActorSystem<?> system) {
    this.system = system;
  }

  @Override
  public void close() {
    toDrain.forEach(OpenListener::drain);
  }

  int listen(DnsListenerSettings settings) throws Exception {
    return bind(settings).address().port();
  }

  /** The connection has ended, by a close or a reset, and is not just silent. */
  static void assertClosed(DnsStream stream) {
    assertThatThrownBy(
            () -> {
              if (stream.countToEnd() == 0) {
                throw new IOException("closed");
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("timed out");
  }

  /** A connection that was admitted: it has had an answer. */
  static DnsStream answered(int port) throws IOException {
    DnsStream stream = DnsStream.connect(port);
    assertThat(answers(stream.send(query(1, "known.")).receive())).isEqualTo(1);
    return stream;
  }

  static int id(Message message) {
    return message.getHeader().getID();
  }

  static int answers(Message message) {
    return message.getSection(Section.ANSWER).size();
  }

  static Message query(int id, String name) {
    Message query = Message.newQuery(Record.newRecord(name(name), Type.A, DClass.IN));
    query.getHeader().setID(id);
    return query;
  }

  static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  OpenListener bind(DnsListenerSettings settings) throws Exception {
    return bind(new HostPort("127.0.0.1", 0), settings);
  }

  OpenListener bind(HostPort address, DnsListenerSettings settings) throws Exception {
    return bind(address, limits(AccessList.ANYBODY), settings);
  }

  OpenListener bind(HostPort address, ClientLimits limits, DnsListenerSettings settings)
      throws Exception {
    OpenListener bound = Listeners.dns(address, limits, held, settings, system);
    toDrain.add(bound);
    return bound;
  }

  /** One listener at several addresses. */
  List<OpenListener> bind(List<HostPort> addresses, DnsListenerSettings settings) throws Exception {
    List<OpenListener> bound =
        Listeners.dns(addresses, limits(AccessList.ANYBODY), held, settings, system);
    toDrain.addAll(bound);
    return bound;
  }

  ClientLimits limits(AccessList allowed) {
    return new ClientLimits(
        ClientLimitSettings.of(allowed), new ProcessLimits(new OpenFiles(1000), unsent), system);
  }

  private static Answer answer(Question question) {
    Name name = name(question.name().toString());
    Message answer = new Message();
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(Record.newRecord(name, question.type(), DClass.IN), Section.QUESTION);
    if (question.name().toString().startsWith("big")) {
      for (int i = 0; i < RECORDS_OF_BIG; i++) {
        answer.addRecord(new TXTRecord(name, DClass.IN, 60, i + "x".repeat(250)), Section.ANSWER);
      }
    } else {
      answer.addRecord(
          new ARecord(name, DClass.IN, 60, InetAddress.getLoopbackAddress()), Section.ANSWER);
    }
    return new Answer.Positive(new Content.Message(answer.toWire()));
  }

  /** Settings that limit nothing, unless a test says so. */
  static final class Limits {
    int connections = 100;
    int connectionsPerClient = 100;
    int inFlight = 1000;
    int inFlightPerConnection = 100;
    int unsentPerConnection = 100 << 20;
    Duration idle = LONG;
    Duration message = LONG;
    Duration write = LONG;

    DnsListenerSettings settings() {
      return new DnsListenerSettings(
          message,
          new ListenerLimits(
              connections,
              connectionsPerClient,
              inFlight,
              inFlightPerConnection,
              unsentPerConnection,
              idle,
              write));
    }
  }
}
