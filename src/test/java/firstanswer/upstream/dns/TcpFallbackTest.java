package firstanswer.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.testing.Asks;
import firstanswer.transport.tcp.OutgoingConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server hangs up at once; the test decides when the fallback hears of it. */
class TcpFallbackTest {
  private final ActorTestKit testKit = ActorTestKit.create();
  private final TestProbe<OutgoingConnection.Event<byte[]>> events = testKit.createTestProbe();
  private final TestInbox<Answer> client = TestInbox.create();
  private final Attempts attempts = new Attempts(10, new RandomIds());
  private final List<Integer> opened = new ArrayList<>();
  private final TcpFallback fallback = new TcpFallback(attempts, this::open);

  @AfterEach
  void shutDown() {
    testKit.shutdownTestKit();
  }

  @Test
  void aQuestionThatMeetsAClosingConnectionGoesOverTheNext() {
    fallback.take(attempt());
    fallback.on(0, events.receiveMessage());
    OutgoingConnection.Event<byte[]> closed = events.receiveMessage();
    assertThat(closed).isInstanceOf(OutgoingConnection.Closed.class);
    fallback.on(0, new OutgoingConnection.Established<>());
    fallback.take(attempt());
    assertThat(client.hasMessages()).isFalse();
    assertThat(opened).containsExactly(0);
    fallback.on(0, closed);
    assertThat(client.hasMessages()).isFalse();
    assertThat(opened).containsExactly(0, 1);
    fallback.on(1, closed);
    assertThat(client.getAllReceived()).hasSize(2).hasOnlyElementsOfType(Answer.Unheard.class);
    assertThat(attempts.size()).isZero();
    assertThat(opened).containsExactly(0, 1);
  }

  @Test
  void whatAnOldConnectionSaysOfItselfIsHistory() {
    fallback.take(attempt());
    fallback.on(0, new OutgoingConnection.Closed<>("gone"));
    fallback.on(0, new OutgoingConnection.Established<>());
    fallback.on(0, new OutgoingConnection.Closed<>("gone"));
    assertThat(client.hasMessages()).isFalse();
    assertThat(opened).containsExactly(0, 1);
  }

  private Attempt attempt() {
    Question question = Question.ofText(DomainName.parse("a.example").orElseThrow());
    return attempts.begin(Asks.of(question, client.getRef()), 40_000).orElseThrow();
  }

  private OutgoingConnection<byte[]> open(int number) {
    opened.add(number);
    Flow<byte[], byte[], CompletionStage<Tcp.OutgoingConnection>> hangsUp =
        Flow.fromSinkAndSource(Sink.<byte[]>cancelled(), Source.<byte[]>empty())
            .mapMaterializedValue(unused -> new CompletableFuture<>());
    return OutgoingConnection.open(hangsUp, 10, testKit.system(), events.getRef(), event -> event);
  }
}
