package firstanswer.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.access.Admission;
import firstanswer.access.ClientLimits;
import firstanswer.access.Refusal;
import firstanswer.codec.wire.Messages;
import firstanswer.config.AccessList;
import firstanswer.config.ClientLimitSettings;
import firstanswer.config.HostPort;
import firstanswer.config.ListenerLimits;
import firstanswer.congestion.Congestion;
import firstanswer.dns.Answer;
import firstanswer.testing.FakeUdp;
import firstanswer.testing.HeldResolver;
import firstanswer.testing.Listeners;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Checks whom a DNS listener answers over UDP; the clock moves only when the test says so. */
class DnsUdpAccessTest {
  private static final String NAME = "www.example.org.";
  private static final String ALLOWED = "192.0.2.1";
  private static final String STRANGER = "198.51.100.1";
  private static final int ANY_PORT = 30_000;
  private static final int REFUSED_RATE = 3;
  private static final Duration LONG = Duration.ofHours(1);
  private static final ListenerLimits LISTENER = new ListenerLimits(1, 1, 10, 10, 1, LONG, LONG);

  private final AtomicLong nanos = new AtomicLong(1);
  private final FakeUdp udp = new FakeUdp();
  private final ClientLimits limits =
      new ClientLimits(
          new ClientLimitSettings(
              AccessList.parse(List.of("192.0.2.0/24")).orElseThrow(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(REFUSED_RATE)),
          Listeners.limits(1),
          nanos::get,
          nextInterval -> {});

  DnsUdpAccessTest() {
    Service service =
        new Service(
            new Admission(limits, LISTENER, new Congestion()),
            new HeldResolver(question -> Answer.Negative.NXDOMAIN),
            LONG,
            nanos::get);
    new DnsUdpListener(service)
        .bind(new HostPort("127.0.0.1", 0), udp)
        .toCompletableFuture()
        .join();
  }

  private static Stream<Arguments> queriesForNoServer() {
    return Stream.of(
        Arguments.of("ANY", Messages.query(NAME, Type.ANY)),
        Arguments.of("EDNS version 1", withOpt(Messages.query(NAME, Type.A), 1)),
        Arguments.of("a zone transfer", Messages.query(NAME, Type.AXFR)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queriesForNoServer")
  void disallowedClientGetsRefusedForAnyQuery(String what, Message query) throws Exception {
    receive(query.toWire(), STRANGER, ANY_PORT);
    Message response = udp.next().query();
    assertThat(response.getHeader().getRcode()).as(what).isEqualTo(Rcode.REFUSED);
    assertThat(response.getSection(Section.ANSWER)).isEmpty();
  }

  private static Stream<Arguments> messagesThatAreNoQueries() {
    Message update = Messages.query(NAME, Type.A);
    update.getHeader().setOpcode(Opcode.UPDATE);
    byte[] query = Messages.query(NAME, Type.A).toWire();
    Message response = Messages.query(NAME, Type.A);
    response.getHeader().setFlag(Flags.QR);
    return Stream.of(
        Arguments.of("another opcode", update.toWire()),
        Arguments.of("half a query", Arrays.copyOf(query, query.length - 1)),
        Arguments.of("a header", Arrays.copyOf(query, 12)),
        Arguments.of("a response", response.toWire()),
        Arguments.of("nothing", new byte[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messagesThatAreNoQueries")
  void disallowedClientGetsNothingForAnythingElse(String what, byte[] message) {
    receive(message, STRANGER, ANY_PORT);
    assertThat(udp.hasMore()).as(what).isFalse();
  }

  @Test
  void disallowedClientsShareARateOfRefusals() throws Exception {
    for (int i = 0; i < 10; i++) {
      receive(query(), "198.51.100." + i, ANY_PORT);
    }
    for (int i = 0; i < REFUSED_RATE; i++) {
      assertThat(udp.next().query().getRcode()).isEqualTo(Rcode.REFUSED);
    }
    assertThat(udp.hasMore()).isFalse();
    assertThat(limits.refusals(Refusal.NOT_ALLOWED)).isEqualTo(10);
    receive(query(), ALLOWED, ANY_PORT);
    assertThat(udp.next().query().getRcode()).isEqualTo(Rcode.NXDOMAIN);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    receive(query(), STRANGER, ANY_PORT);
    assertThat(udp.next().query().getRcode()).isEqualTo(Rcode.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 13, 17, 19, 37})
  void portOfAServiceThatRepliesToAnythingGetsNothing(int port) {
    receive(query(), ALLOWED, port);
    receive(query(), STRANGER, port);
    assertThat(udp.hasMore()).isFalse();
  }

  @Test
  void portOfANameServerGetsNoErrors() throws Exception {
    int ours = udp.sockets().get(0).address().getPort();
    for (int port : new int[] {53, ours}) {
      receive(Arrays.copyOf(query(), 12), ALLOWED, port);
      assertThat(udp.hasMore()).isFalse();
      receive(query(), ALLOWED, port);
      assertThat(udp.next().query().getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }
    receive(Arrays.copyOf(query(), 12), ALLOWED, ANY_PORT);
    assertThat(udp.next().query().getRcode()).isEqualTo(Rcode.FORMERR);
  }

  private void receive(byte[] datagram, String address, int port) {
    udp.sockets().get(0).receive(datagram, new InetSocketAddress(address, port));
  }

  private static byte[] query() {
    return Messages.query(NAME, Type.A).toWire();
  }

  private static Message withOpt(Message query, int version) {
    query.addRecord(new OPTRecord(1232, 0, version), Section.ADDITIONAL);
    return query;
  }
}
