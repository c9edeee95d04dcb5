package firstanswer.upstream.text;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import firstanswer.clock.NanoClock;
import firstanswer.codec.text.Framing;
import firstanswer.config.HostPort;
import firstanswer.config.UpstreamAddress;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.testing.Asks;
import firstanswer.testing.AssignmentTs;
import firstanswer.testing.EndMark;
import firstanswer.testing.InTestThread;
import firstanswer.testing.TextSettings;
import firstanswer.tsproxy.TsProxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/**
 * A proxy whose gap between two names passes only when the test says so. However slow the server
 * is, it never reads two names as one, and none is sent once more.
 */
class TextProxyGapTest {
  private static final ActorTestKit TEST_KIT = ActorTestKit.create(InTestThread.virtualTime());
  private static final Duration GAP = Duration.ofMillis(50);
  private static final Question NOT_FOR_TEXT =
      new Question(
          DomainName.ofMasterFile("a\\.b.example").orElseThrow(),
          Type.A,
          new Manner.Dns(0, Optional.empty()));
  private static final Answer END =
      new Answer.Unheard(Answer.Unheard.Cause.SILENT, "end of the test");

  private final ManualTime time = ManualTime.get(TEST_KIT.system());

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void theTableServerOfTheAssignmentIsLeftWithItsEof() throws Exception {
    AssignmentTs server = new AssignmentTs(Map.of("a.example", "A.example 192.0.2.1 A IN"));
    ActorRef<TsProxy.Command> proxy = proxyOf(server);
    TestProbe<Answer> miss = ask(proxy, "missing.example");
    TestProbe<Answer> hit = ask(proxy, "a.EXAMPLE");
    miss.awaitAssert(() -> assertThat(server.received()).containsExactly("missing.example"));
    // The proxy answers this when it has started the gap.
    ask(proxy, NOT_FOR_TEXT).expectMessage(new Answer.Unheard(Answer.Unheard.Cause.NOT_ASKABLE));
    time.timePasses(GAP);
    hit.expectMessage(Answer.Positive.line("A.example 192.0.2.1 A IN"));
    EndMark.isNext(miss, END);
    proxy.tell(TsProxy.Close.CLOSE);
    assertThat(server.left().get(10, TimeUnit.SECONDS)).isEqualTo("EOF");
    assertThat(server.received()).containsExactly("missing.example", "a.EXAMPLE");
    miss.expectTerminated(proxy);
  }

  private static ActorRef<TsProxy.Command> proxyOf(AssignmentTs server) {
    HostPort address = new HostPort("127.0.0.1", server.port());
    return TEST_KIT.spawn(
        TextProxy.create(
            new UpstreamAddress.Text("ts", address, Framing.BARE),
            TextSettings.of(GAP, 100, GAP, GAP),
            NanoClock.SYSTEM),
        InTestThread.dispatcher());
  }

  private static TestProbe<Answer> ask(ActorRef<TsProxy.Command> proxy, String name) {
    return ask(proxy, Question.ofText(DomainName.parse(name).orElseThrow()));
  }

  private static TestProbe<Answer> ask(ActorRef<TsProxy.Command> proxy, Question question) {
    TestProbe<Answer> client = TEST_KIT.createTestProbe();
    proxy.tell(Asks.of(question, client.getRef()));
    return client;
  }
}
