package firstanswer.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import firstanswer.access.ClientLimits;
import firstanswer.access.Refusal;
import firstanswer.config.AccessList;
import firstanswer.config.ClientLimitSettings;
import firstanswer.config.DnsListenerSettings;
import firstanswer.config.HostPort;
import firstanswer.config.ListenerLimits;
import firstanswer.config.TextListenerSettings;
import firstanswer.dns.Answer;
import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.DnsStream;
import firstanswer.testing.HeldResolver;
import firstanswer.testing.Listeners;
import firstanswer.testing.Peer;
import firstanswer.transport.OpenListener;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Checks, at all listeners, the replies to clients over their limits; the clock stands still. */
class OverTheLimitsTest {
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();
  private static final Duration LONG = Duration.ofHours(1);
  private static final int RATE = 3;

  /** All of 127/8 is loopback, on Linux. */
  private static final String OTHER = "127.0.0.2";

  private static final HostPort ANY_PORT = new HostPort("127.0.0.1", 0);

  /** Questions for names that begin with "held" stay open; others get NXDOMAIN at once. */
  private final HeldResolver held = new HeldResolver(question -> Answer.Negative.NXDOMAIN);

  private final List<OpenListener> toDrain = new ArrayList<>();

  @AfterEach
  void drain() {
    toDrain.forEach(OpenListener::drain);
  }

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void textQueryOverTheRateGetsAnErrorAndNoClose() throws Exception {
    ClientLimits limits = limits(100, RATE);
    try (Peer client = Peer.connect(text(limits, 100))) {
      client.send("a.example\n".repeat(RATE) + "b.example\nnot a name\n");
      for (int i = 0; i < RATE; i++) {
        assertThat(client.receiveLine()).isEqualTo("a.example - NOT FOUND");
      }
      assertThat(client.receiveLine()).isEqualTo("ERROR busy");
      assertThat(client.receiveLine()).isEqualTo("ERROR busy");
      assertThat(client.send("bare.example").receive()).isEqualTo("ERROR busy");
    }
    assertThat(limits.refusals(Refusal.RATE)).isEqualTo(3);
  }

  @Test
  void dnsQueryOverTheRateIsSentToTcpAndRefusedThere() throws Exception {
    ClientLimits limits = limits(100, RATE);
    int port = dns(limits, 100);
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      for (int i = 0; i < RATE; i++) {
        assertThat(udp.send(query("a.example.")).receive().getRcode()).isEqualTo(Rcode.NXDOMAIN);
      }
      assertThat(udp.send(query("a.example.")).receive().getHeader().getFlag(Flags.TC)).isTrue();
      Message refused = tcp.send(query("a.example.")).receive();
      assertThat(refused.getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(refused.getOPT()).isNull();
      assertThat(limits.refusals(Refusal.RATE)).isEqualTo(2);
    }
  }

  @Test
  void refusedClientWithEdnsIsToldWhy() throws Exception {
    int port = dns(limits(100, 1), 100);
    try (DnsStream tcp = DnsStream.connect(port)) {
      tcp.send(query("a.example."), withEdns(query("b.example.")));
      assertThat(tcp.receive().getRcode()).isEqualTo(Rcode.NXDOMAIN);
      Message refused = tcp.receive();
      assertThat(refused.getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(refused.getOPT().getOptions())
          .singleElement()
          .isInstanceOfSatisfying(
              ExtendedErrorCodeOption.class,
              error -> assertThat(error.getText()).startsWith("busy"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void truncatedResponseIsNoLongerThanTheQuery(boolean edns) throws Exception {
    Message query = edns ? withEdns(query("a.example.")) : query("a.example.");
    try (DnsDatagrams udp = DnsDatagrams.with(dns(limits(100, 1), 100))) {
      assertThat(udp.send(query).receive().getRcode()).isEqualTo(Rcode.NXDOMAIN);
      byte[] response = udp.send(query).receiveBytes();
      assertThat(response).hasSizeLessThanOrEqualTo(query.toWire().length);
      assertThat(new Message(response).getQuestion()).isEqualTo(query.getQuestion());
      assertThat(new Message(response).getHeader().getFlag(Flags.TC)).isTrue();
    }
  }

  @Test
  void queryThatNeedsNoResolverCountsToo() throws Exception {
    ClientLimits limits = limits(100, 1);
    Message update = query("a.example.");
    update.getHeader().setOpcode(Opcode.UPDATE);
    try (DnsDatagrams udp = DnsDatagrams.with(dns(limits, 100))) {
      assertThat(udp.send(update).receive().getRcode()).isEqualTo(Rcode.NOTIMP);
      udp.send(update).send(query("b.example."));
      assertThat(udp.receive().getHeader().getFlag(Flags.TC)).isTrue();
      assertThat(limits.refusals(Refusal.RATE)).isEqualTo(2);
    }
  }

  @Test
  void messagesThatNeedNoResolverCountOverTcpToo() throws Exception {
    ClientLimits limits = limits(100, 1);
    Message update = query("a.example.");
    update.getHeader().setOpcode(Opcode.UPDATE);
    Message any = Message.newQuery(Record.newRecord(Name.fromString("a."), Type.ANY, DClass.IN));
    Message reply = query("a.example.");
    reply.getHeader().setFlag(Flags.QR);
    try (DnsStream tcp = DnsStream.connect(dns(limits, 100))) {
      tcp.send(update, update, any, reply);
      assertThat(tcp.receive().getRcode()).isEqualTo(Rcode.NOTIMP);
      assertThat(tcp.receive().getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(tcp.receive().getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(tcp.countToEnd()).isZero();
    }
    assertThat(limits.refusals(Refusal.RATE)).isEqualTo(3);
    assertThat(limits.refusals(Refusal.NO_QUERY)).isOne();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void listenersShareTheRateOfEachClient() throws Exception {
    ClientLimits limits = limits(100, 2);
    int dns = dns(limits, 100);
    try (Peer text = Peer.connect(text(limits, 100));
        DnsDatagrams udp = DnsDatagrams.with(dns);
        DnsStream tcp = DnsStream.connect(dns);
        DnsDatagrams other = DnsDatagrams.with(dns, OTHER)) {
      assertThat(text.send("a.example\n").receiveLine()).isEqualTo("a.example - NOT FOUND");
      assertThat(udp.send(query("a.example.")).receive().getRcode()).isEqualTo(Rcode.NXDOMAIN);
      assertThat(tcp.send(query("a.example.")).receive().getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(other.send(query("a.example.")).receive().getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void oneClientOverUdpLeavesRoomForOthers() throws Exception {
    ClientLimits limits = limits(100, 1000);
    int port = dns(limits, 4);
    try (DnsDatagrams greedy = DnsDatagrams.with(port);
        DnsDatagrams other = DnsDatagrams.with(port, OTHER)) {
      greedy.send(query("held1.")).send(query("held2.")).send(query("held3."));
      assertThat(greedy.receive().getHeader().getFlag(Flags.TC)).isTrue();
      assertThat(limits.refusals(Refusal.IN_FLIGHT)).isOne();
      assertThat(other.send(query("a.")).receive().getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void clientWithManyConnectionsDelaysOnlyItself() throws Exception {
    ClientLimits limits = limits(2, 1000);
    int port = dns(limits, 100);
    try (DnsStream one = DnsStream.connect(port);
        DnsStream two = DnsStream.connect(port);
        DnsStream three = DnsStream.connect(port);
        DnsStream other = DnsStream.connect(port, InetAddress.getByName(OTHER), 0)) {
      one.send(query("held1."));
      two.send(query("held2."));
      HeldResolver.Held first = held.next();
      held.next();
      three.send(query("held3."));
      assertThat(other.send(query("a.")).receive().getRcode()).isEqualTo(Rcode.NXDOMAIN);
      assertThat(held.isEmpty()).isTrue();
      first.tell(Answer.Negative.NXDOMAIN);
      held.next();
      assertThat(limits.refusals(Refusal.IN_FLIGHT)).isZero();
    }
  }

  private static Message query(String name) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
  }

  private static Message withEdns(Message query) {
    query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    return query;
  }

  private static ClientLimits limits(int inFlight, int rate) {
    return new ClientLimits(
        new ClientLimitSettings(
            AccessList.ANYBODY, Optional.of(inFlight), Optional.of(rate), Optional.empty()),
        Listeners.limits(1000),
        () -> 1,
        nextMinute -> {});
  }

  private static ListenerLimits listener(int inFlight) {
    return new ListenerLimits(100, 100, inFlight, inFlight, 1 << 20, LONG, LONG);
  }

  private int text(ClientLimits limits, int inFlight) throws Exception {
    TextListenerSettings settings =
        new TextListenerSettings(Duration.ofMillis(20), Duration.ofMillis(20), listener(inFlight));
    return port(Listeners.text(ANY_PORT, limits, held, settings, TEST_KIT.system()));
  }

  private int dns(ClientLimits limits, int inFlight) throws Exception {
    DnsListenerSettings settings = new DnsListenerSettings(LONG, listener(inFlight));
    return port(Listeners.dns(ANY_PORT, limits, held, settings, TEST_KIT.system()));
  }

  private int port(OpenListener bound) {
    toDrain.add(bound);
    return bound.address().port();
  }
}
