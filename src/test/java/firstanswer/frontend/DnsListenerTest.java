package firstanswer.frontend;

import static firstanswer.frontend.DnsListenerFixture.RECORDS_OF_BIG;
import static firstanswer.frontend.DnsListenerFixture.SETTINGS;
import static firstanswer.frontend.DnsListenerFixture.answers;
import static firstanswer.frontend.DnsListenerFixture.assertClosed;
import static firstanswer.frontend.DnsListenerFixture.id;
import static firstanswer.frontend.DnsListenerFixture.query;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import firstanswer.dns.Answer;
import firstanswer.resolver.Outcome;
import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.DnsStream;
import firstanswer.testing.HeldResolver;
import firstanswer.testing.Outcomes;
import firstanswer.transport.OpenListener;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TcpKeepaliveOption;

/** Checks over raw sockets that a DNS listener answers each query as it should. */
class DnsListenerTest {
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();
  private static final Outcome TIMED_OUT = Outcomes.TIMED_OUT;

  private final DnsListenerFixture server = new DnsListenerFixture(TEST_KIT.system());

  @AfterEach
  void drain() {
    server.close();
  }

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void answersLeaveAConnectionAsSoonAsTheyAreThere() throws Exception {
    try (DnsStream client = DnsStream.connect(server.listen(SETTINGS))) {
      client.send(query(1, "held1.example."), query(2, "held2.example."), query(3, "known."));
      List<HeldResolver.Held> queries = server.held.next(2);
      assertThat(id(client.receive())).isEqualTo(3);
      queries.get(1).tell(TIMED_OUT);
      assertThat(id(client.receive())).isEqualTo(2);
      queries.get(0).tell(TIMED_OUT);
      assertThat(id(client.receive())).isEqualTo(1);
    }
  }

  @Test
  void pipelinedQueriesAreEachAnsweredOnce() throws Exception {
    int count = 2000;
    try (DnsStream client = DnsStream.connect(server.listen(SETTINGS))) {
      Message[] queries = new Message[count];
      for (int i = 0; i < count; i++) {
        queries[i] = query(i, "known" + i + ".example.");
      }
      client.send(queries).shutdownOutput();
      Set<Integer> ids = new TreeSet<>();
      for (int i = 0; i < count; i++) {
        Message answer = client.receive();
        assertThat(answer.getQuestion()).isEqualTo(queries[id(answer)].getQuestion());
        ids.add(id(answer));
      }
      assertThat(ids).hasSize(count);
      assertThat(client.countToEnd()).isZero();
    }
  }

  @Test
  void queryInSingleBytesIsAnswered() throws Exception {
    try (DnsStream client = DnsStream.connect(server.listen(SETTINGS))) {
      byte[] wire = query(1, "known.example.").toWire();
      client.sendBytes((byte) 0).sendBytes((byte) wire.length);
      for (byte b : wire) {
        client.sendBytes(b);
      }
      assertThat(answers(client.receive())).isEqualTo(1);
    }
  }

  @Test
  void halfClosedClientGetsItsAnswers() throws Exception {
    try (DnsStream client = DnsStream.connect(server.listen(SETTINGS))) {
      client.send(query(1, "held.example."), query(2, "known.")).shutdownOutput();
      assertThat(id(client.receive())).isEqualTo(2);
      server.held.next().tell(TIMED_OUT);
      assertThat(id(client.receive())).isEqualTo(1);
      assertThat(client.countToEnd()).isZero();
    }
  }

  @Test
  void questionComesBackAsItWasWritten() throws Exception {
    int port = server.listen(SETTINGS);
    byte[] query = query(7, "KnOwN.eXaMpLe.").toWire();
    try (DnsDatagrams client = DnsDatagrams.with(port)) {
      byte[] answer = client.sendBytes(query).receiveBytes();
      assertThat(Arrays.copyOfRange(answer, 12, query.length))
          .isEqualTo(Arrays.copyOfRange(query, 12, query.length));
      assertThat(id(new Message(answer))).isEqualTo(7);
    }
  }

  @Test
  void timeoutIsServfailThatSaysWhy() throws Exception {
    try (DnsDatagrams client = DnsDatagrams.with(server.listen(SETTINGS))) {
      Message query = query(1, "held.example.");
      query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
      client.send(query);
      server.held.next().tell(TIMED_OUT);
      Message answer = client.receive();
      assertThat(answer.getRcode()).isEqualTo(Rcode.SERVFAIL);
      assertThat(answer.getOPT().getOptions())
          .singleElement()
          .isInstanceOfSatisfying(
              ExtendedErrorCodeOption.class,
              error -> {
                assertThat(error.getErrorCode()).isEqualTo(22);
                assertThat(error.getText()).isEqualTo("no answer");
              });
    }
  }

  @Test
  void answerTooLongForUdpIsCutAndWholeOverTcp() throws Exception {
    int port = server.listen(SETTINGS);
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      Message cut = udp.send(query(1, "big.example.")).receive();
      assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
      assertThat(answers(cut)).isZero();
      Message whole = tcp.send(query(2, "big.example.")).receive();
      assertThat(whole.getHeader().getFlag(Flags.TC)).isFalse();
      assertThat(answers(whole)).isEqualTo(RECORDS_OF_BIG);
    }
  }

  @Test
  void clientThatAsksIsToldHowLongItsConnectionMayBeIdle() throws Exception {
    int port = server.listen(SETTINGS);
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      Message asking = query(1, "known.");
      asking.addRecord(new OPTRecord(1232, 0, 0, 0, new TcpKeepaliveOption()), Section.ADDITIONAL);
      assertThat(tcp.send(asking).receive().getOPT().getOptions())
          .containsExactly(new TcpKeepaliveOption(SETTINGS.limits().idleTimeout()));
      assertThat(udp.send(asking).receive().getOPT().getOptions()).isEmpty();
      Message other = query(1, "known.");
      other.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
      assertThat(tcp.send(other).receive().getOPT().getOptions()).isEmpty();
    }
  }

  @Test
  void signedQueryIsRefusedRatherThanAnsweredUnsigned() throws Exception {
    int port = server.listen(SETTINGS);
    Message signed = query(1, "known.");
    new TSIG(TSIG.HMAC_SHA256, Name.fromString("key."), new byte[32]).apply(signed, null);
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      assertThat(udp.send(signed).receive().getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(tcp.send(signed).receive().getRcode()).isEqualTo(Rcode.REFUSED);
    }
  }

  @Test
  void answerThatCannotBeWrittenFailsItsQueryOnly() throws Exception {
    OpenListener bound = server.bind(SETTINGS);
    int port = bound.address().port();
    try (DnsDatagrams udp = DnsDatagrams.with(port);
        DnsStream tcp = DnsStream.connect(port)) {
      udp.send(query(1, "held.example."));
      tcp.send(query(2, "held.example."));
      for (HeldResolver.Held query : server.held.next(2)) {
        query.tell(Answer.Positive.line("no address"));
      }
      assertThat(udp.receive().getRcode()).isEqualTo(Rcode.SERVFAIL);
      assertThat(tcp.receive().getRcode()).isEqualTo(Rcode.SERVFAIL);
      assertThat(answers(tcp.send(query(3, "known.")).receive())).isEqualTo(1);
    }
    bound.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void messageThatIsNoQueryGetsNoAnswer() throws Exception {
    try (DnsDatagrams udp = DnsDatagrams.with(server.listen(SETTINGS))) {
      udp.send(reply()).sendBytes().sendBytes((byte) 1, (byte) 2).send(query(2, "known."));
      assertThat(id(udp.receive())).isEqualTo(2);
    }
  }

  @Test
  void messageThatIsNoQueryEndsItsConnectionAfterOtherAnswers() throws Exception {
    int port = server.listen(SETTINGS);
    try (DnsStream reply = DnsStream.connect(port);
        DnsStream nothing = DnsStream.connect(port)) {
      reply.send(query(1, "held1."), reply(), query(2, "known."));
      server.held.next().tell(TIMED_OUT);
      assertThat(id(reply.receive())).isEqualTo(1);
      assertClosed(reply);
      nothing.send(query(1, "held2.")).sendBytes((byte) 0, (byte) 0).send(query(2, "known."));
      server.held.next().tell(TIMED_OUT);
      assertThat(id(nothing.receive())).isEqualTo(1);
      assertClosed(nothing);
    }
  }

  private static Message reply() {
    Message reply = query(1, "known.");
    reply.getHeader().setFlag(Flags.QR);
    return reply;
  }

  @Test
  void unreadableOrUnservedQueryGetsAnError() throws Exception {
    Message update = query(3, "known.");
    update.getHeader().setOpcode(Opcode.UPDATE);
    try (DnsDatagrams udp = DnsDatagrams.with(server.listen(SETTINGS))) {
      byte[] broken = query(1, "known.").toWire();
      broken[4] = 9;
      assertThat(udp.sendBytes(broken).receive().getRcode()).isEqualTo(Rcode.FORMERR);
      assertThat(udp.send(update).receive().getRcode()).isEqualTo(Rcode.NOTIMP);
      byte[] long64k = Arrays.copyOf(query(4, "known.").toWire(), 65_000);
      Message refusal = udp.sendBytes(long64k).receive();
      assertThat(id(refusal)).isEqualTo(4);
      assertThat(refusal.getRcode()).isEqualTo(Rcode.FORMERR);
    }
  }

  @Test
  void overlongDatagramIsNotHeldWhole() throws Exception {
    try (DnsDatagrams udp = DnsDatagrams.with(server.listen(SETTINGS))) {
      Message query = query(1, "held.example.");
      query.addRecord(
          new OPTRecord(1232, 0, 0, 0, new GenericEDNSOption(65001, new byte[60_000])),
          Section.ADDITIONAL);
      assertThat(udp.send(query).receive().getRcode()).isEqualTo(Rcode.FORMERR);
    }
  }

  @Test
  void overlongQueryEndsItsConnectionAfterOtherAnswers() throws Exception {
    try (DnsStream client = DnsStream.connect(server.listen(SETTINGS))) {
      client.send(query(1, "held.example.")).sendBytes((byte) 0xff, (byte) 0xff, (byte) 1);
      server.held.next().tell(TIMED_OUT);
      assertThat(id(client.receive())).isEqualTo(1);
      assertClosed(client);
    }
  }
}
