package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import firstanswer.config.DnsUpstreamSettings;
import firstanswer.config.HealthSettings;
import firstanswer.config.HostPort;
import firstanswer.config.QuestionCase;
import firstanswer.config.UpstreamAddress;
import firstanswer.congestion.Congestion;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.DomainName;
import firstanswer.dns.Edns;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.testing.Asks;
import firstanswer.testing.DnsPeer;
import firstanswer.testing.EndMark;
import firstanswer.testing.FakeUdp;
import firstanswer.testing.FakeUdp.Sent;
import firstanswer.testing.Peer;
import firstanswer.testing.Responses;
import firstanswer.tsproxy.TsProxy;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Answers over UDP are cut; the test plays the name server over TCP, on a raw socket. */
class DnsProxyOverTcpTest {
  private static final Answer END =
      new Answer.Unheard(Answer.Unheard.Cause.SILENT, "end of the test");
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();
  private static final DnsUpstreamSettings SETTINGS =
      new DnsUpstreamSettings(
          2,
          100,
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          new HealthSettings(
              2, Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(15), 5),
          QuestionCase.KEPT);

  private final FakeUdp udp = new FakeUdp();
  private ServerSocket listener;
  private ActorRef<TsProxy.Command> proxy;

  /** A query whose answer over UDP was cut, and the client that waits for the whole answer. */
  private record Cut(Sent sent, TsProxy.Ask question, TestProbe<Answer> client) {}

  @BeforeEach
  void start() throws Exception {
    listener = Peer.listen();
    HostPort server = new HostPort("127.0.0.1", listener.getLocalPort());
    proxy =
        TEST_KIT.spawn(
            DnsProxy.create(
                new UpstreamAddress.Dns("ns", server), SETTINGS, udp, new Congestion()));
  }

  @AfterEach
  void stop() throws Exception {
    TEST_KIT.stop(proxy);
    listener.close();
  }

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void aCutAnswerSendsTheSameQuestionOverTcp() throws Exception {
    Cut a = cut("a.example");
    try (DnsPeer server = DnsPeer.accept(listener)) {
      Message query = server.receive();
      assertThat(query.getQuestion()).isEqualTo(a.sent().query().getQuestion());
      server.send(positive(query));
      a.client().expectMessage(new Answer.Positive(new Content.Message(positive(query))));
      EndMark.isNext(a.client(), END);
    }
  }

  @Test
  void anAnswerCutInTheMiddleOfARecordGoesOverTcpToo() throws Exception {
    Cut a = ask("a.example");
    byte[] whole = Responses.positive(a.sent().query(), "192.0.2.1");
    whole[2] |= 2;
    a.sent().answer(Arrays.copyOf(whole, whole.length - 3));
    try (DnsPeer server = DnsPeer.accept(listener)) {
      server.send(positive(server.receive()));
      a.client().expectMessageClass(Answer.Positive.class);
    }
  }

  @Test
  void queriesShareAConnectionAndDoNotWaitForEachOther() throws Exception {
    Cut a = cut("a.example");
    try (DnsPeer server = DnsPeer.accept(listener)) {
      Message first = server.receive();
      Cut b = cut("b.example");
      Message second = server.receive();
      Cut c = cut("c.example");
      Message third = server.receive();
      server.send(positive(third), positive(first));
      c.client().expectMessage(new Answer.Positive(new Content.Message(positive(third))));
      a.client().expectMessage(new Answer.Positive(new Content.Message(positive(first))));
      server.send(positive(second));
      b.client().expectMessage(new Answer.Positive(new Content.Message(positive(second))));
    }
  }

  @Test
  void foreignMessagesOverTcpReachNobody() throws Exception {
    Cut a = cut("a.example");
    try (DnsPeer server = DnsPeer.accept(listener)) {
      Message query = server.receive();
      byte[] otherId = positive(query);
      otherId[1] ^= 1;
      byte[] otherName = positive(query);
      otherName[13] ^= 1;
      server.send(otherId, new byte[0], new byte[5], query.toWire(), otherName);
      server.send(positive(query), positive(query));
      a.client().expectMessage(new Answer.Positive(new Content.Message(positive(query))));
      Cut b = cut("b.example");
      Message next = server.receive();
      server.send(positive(next));
      b.client().expectMessage(new Answer.Positive(new Content.Message(positive(next))));
      EndMark.isNext(a.client(), END);
    }
  }

  @Test
  void aConnectionClosedByTheServerIsOpenedAgain() throws Exception {
    for (int i = 0; i < 3; i++) {
      Cut a = cut("a.example");
      try (DnsPeer server = DnsPeer.accept(listener)) {
        server.send(positive(server.receive()));
        a.client().expectMessageClass(Answer.Positive.class);
      }
    }
  }

  @Test
  void aQueryWhoseConnectionsAreLostGoesOutUntilItIsAnswered() throws Exception {
    Cut a = cut("a.example");
    for (int i = 0; i < 3; i++) {
      try (DnsPeer server = DnsPeer.accept(listener)) {
        server.receive();
      }
    }
    assertThat(a.client().expectMessageClass(Answer.Unheard.class).detail()).startsWith("TCP: ");
    proxy.tell(a.question());
    try (DnsPeer server = DnsPeer.accept(listener)) {
      server.send(positive(server.receive()));
      a.client().expectMessageClass(Answer.Positive.class);
    }
  }

  @Test
  void aQueryToAServerWithoutTcpIsToldSo() throws Exception {
    listener.close();
    Cut a = cut("a.example");
    Cut b = cut("b.example");
    assertThat(a.client().expectMessageClass(Answer.Unheard.class).detail())
        .isEqualTo("TCP: Connection refused");
    b.client().expectMessageClass(Answer.Unheard.class);
  }

  @Test
  void aForgottenQueryIsNotSentAgain() throws Exception {
    Cut a = cut("a.example");
    try (DnsPeer server = DnsPeer.accept(listener)) {
      server.receive();
    }
    // The trouble is told when the connection is known to be lost.
    a.client().expectMessageClass(Answer.Unheard.class);
    proxy.tell(new TsProxy.Forget(a.question().id()));
    Cut b = cut("b.example");
    try (DnsPeer server = DnsPeer.accept(listener)) {
      Message query = server.receive();
      assertThat(query.getQuestion().getName()).hasToString("b.example.");
      server.send(positive(query));
      b.client().expectMessageClass(Answer.Positive.class);
      EndMark.isNext(a.client(), END);
    }
  }

  @Test
  void aServerThatRejectsEdnsGetsTheQueryWithoutOverTcp() throws Exception {
    Cut a = ask("a.example", Optional.of(new Edns(0, new byte[0])));
    a.sent().answer(Responses.truncated(a.sent().query()));
    try (DnsPeer server = DnsPeer.accept(listener)) {
      Message query = server.receive();
      assertThat(query.getOPT()).isNotNull();
      server.send(Responses.failure(query, Rcode.FORMERR));
      Message plain = server.receive();
      assertThat(plain.getOPT()).isNull();
      assertThat(plain.getQuestion()).isEqualTo(query.getQuestion());
      assertThat(plain.getHeader().getID()).isNotEqualTo(query.getHeader().getID());
      server.send(positive(plain));
      a.client().expectMessage(new Answer.Positive(new Content.Message(positive(plain))));
    }
  }

  @Test
  void closeClosesTheConnection() throws Exception {
    Cut a = cut("a.example");
    try (DnsPeer server = DnsPeer.accept(listener)) {
      server.send(positive(server.receive()));
      a.client().expectMessageClass(Answer.Positive.class);
      proxy.tell(TsProxy.Close.CLOSE);
      assertThat(server.isLeft()).isTrue();
    }
    a.client().expectTerminated(proxy);
  }

  private static byte[] positive(Message query) {
    return Responses.positive(query, "192.0.2.1");
  }

  private Cut cut(String name) throws InterruptedException {
    Cut cut = ask(name);
    cut.sent().answer(Responses.truncated(cut.sent().query()));
    return cut;
  }

  private Cut ask(String name) throws InterruptedException {
    return ask(name, Optional.empty());
  }

  private Cut ask(String name, Optional<Edns> edns) throws InterruptedException {
    TestProbe<Answer> client = TEST_KIT.createTestProbe();
    Manner manner = new Manner.Dns(0x0100, edns);
    Question question = new Question(DomainName.parse(name).orElseThrow(), Type.A, manner);
    TsProxy.Ask resolve = Asks.of(question, client.getRef());
    proxy.tell(resolve);
    return new Cut(udp.next(), resolve, client);
  }
}
