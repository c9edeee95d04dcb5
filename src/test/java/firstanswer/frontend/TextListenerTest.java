package firstanswer.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import firstanswer.access.ClientLimits;
import firstanswer.config.AccessList;
import firstanswer.config.ClientLimitSettings;
import firstanswer.config.HostPort;
import firstanswer.config.ListenerLimits;
import firstanswer.config.TextListenerSettings;
import firstanswer.dns.Answer;
import firstanswer.resolver.Outcome;
import firstanswer.testing.HeldResolver;
import firstanswer.testing.Listeners;
import firstanswer.testing.Outcomes;
import firstanswer.testing.Peer;
import firstanswer.transport.OpenListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raw sockets in front of a resolver that knows a name, is silent, says no, or holds back. */
class TextListenerTest {
  private static final Outcome TIMED_OUT = Outcomes.TIMED_OUT;
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();
  private static final Duration LONG = Duration.ofHours(1);
  private static final TextListenerSettings SETTINGS =
      new TextListenerSettings(
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          new ListenerLimits(100, 100, 1000, 100, 1 << 20, LONG, LONG));

  /** Receives the questions whose names begin with "held". */
  private final HeldResolver held =
      new HeldResolver(question -> answer(question.name().toString()));

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void pipelinedLinesAreAnsweredInOrder() throws Exception {
    try (Peer client = Peer.connect(listen(SETTINGS))) {
      client.send("known1.example\nno.example\r\nKNOWN2.example\n");
      assertThat(client.receiveLine()).isEqualTo("known1.example 192.0.2.1 A IN");
      assertThat(client.receiveLine()).isEqualTo("no.example - NOT FOUND");
      assertThat(client.receiveLine()).isEqualTo("KNOWN2.example 192.0.2.1 A IN");
    }
  }

  @Test
  void bareQueryGetsABareAnswer() throws Exception {
    try (Peer client = Peer.connect(listen(SETTINGS))) {
      assertThat(client.send("known1.example").receive())
          .isEqualTo("known1.example 192.0.2.1 A IN");
      assertThat(client.send("known2.example").receive())
          .isEqualTo("known2.example 192.0.2.1 A IN");
      assertThat(client.send("EOF").receiveAll()).isEmpty();
    }
  }

  @Test
  void oneConnectionMayUseBothFramings() throws Exception {
    try (Peer client = Peer.connect(listen(SETTINGS))) {
      client.send("known1.example\nknown2.example");
      assertThat(client.receiveLine()).isEqualTo("known1.example 192.0.2.1 A IN");
      assertThat(client.receive()).isEqualTo("known2.example 192.0.2.1 A IN");
    }
  }

  @Test
  void slowAnswerDelaysOnlyLaterOnesOfItsConnection() throws Exception {
    int port = listen(SETTINGS);
    try (Peer client = Peer.connect(port);
        Peer other = Peer.connect(port)) {
      client.send("held.example\nknown1.example\n");
      HeldResolver.Held slow = held.next();
      other.send("known2.example\n");
      assertThat(other.receiveLine()).isEqualTo("known2.example 192.0.2.1 A IN");
      slow.tell(TIMED_OUT);
      assertThat(client.receiveLine()).isEqualTo("held.example - TIMED OUT");
      assertThat(client.receiveLine()).isEqualTo("known1.example 192.0.2.1 A IN");
    }
  }

  @Test
  void silentOutcomeSendsNothing() throws Exception {
    try (Peer client = Peer.connect(listen(SETTINGS))) {
      client.send("silent.example\nknown1.example\n");
      assertThat(client.receiveLine()).isEqualTo("known1.example 192.0.2.1 A IN");
    }
  }

  @Test
  void eofEndsTheConversationAfterTheLastAnswer() throws Exception {
    try (Peer client = Peer.connect(listen(SETTINGS))) {
      client.send("held.example\nknown1.example\nEOF\nknown2.example\n");
      held.next().tell(TIMED_OUT);
      assertThat(client.receiveAll())
          .isEqualTo("held.example - TIMED OUT\nknown1.example 192.0.2.1 A IN\n");
    }
  }

  @Test
  void halfClosedClientGetsItsAnswersAtOnce() throws Exception {
    try (Peer client = Peer.connect(listen(SETTINGS))) {
      client.send("known1.example\nknown2.example").shutdownOutput();
      assertThat(client.receiveAll())
          .isEqualTo("known1.example 192.0.2.1 A IN\nknown2.example 192.0.2.1 A IN");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', empty message",
    "'  ', empty message",
    "no name, not a host name",
    "a..example, not a host name",
    "nul\u0000.example, not a host name",
    "\u00e9\u00ff.example, not a host name",
    "GET / HTTP/1.1, not a host name",
  })
  void badMessageGetsAnErrorAndTheConnectionGoesOn(String message, String reason) throws Exception {
    try (Peer client = Peer.connect(listen(SETTINGS))) {
      client.send(message + "\nknown1.example\n");
      assertThat(client.receiveLine()).isEqualTo("ERROR " + reason);
      assertThat(client.receiveLine()).isEqualTo("known1.example 192.0.2.1 A IN");
      assertThat(client.send("\u0001\u00fe").receive()).isEqualTo("ERROR not a host name");
    }
  }

  @Test
  void overlongMessageGetsAnErrorAndAClose() throws Exception {
    try (Peer client = Peer.connect(listen(SETTINGS))) {
      client.send("known1.example\n" + "a".repeat(256));
      assertThat(client.receiveAll())
          .isEqualTo("known1.example 192.0.2.1 A IN\nERROR message over 255 bytes\n");
    }
  }

  @Test
  void failureIsAnErrorToTheClient() throws Exception {
    try (Peer client = Peer.connect(listen(SETTINGS))) {
      client.send("held.example\n");
      held.next().tell(Answer.Failure.SERVFAIL);
      assertThat(client.receiveLine()).isEqualTo("ERROR SERVFAIL");
    }
  }

  @Test
  void connectionOverTheLimitIsRefusedUntilOneEnds() throws Exception {
    int port = listen(with(2, 1000, 100, LONG, LONG));
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      peers.add(Peer.connect(port).send("known1.example\n"));
      assertThat(peers.get(i).receiveLine()).startsWith("known1.example");
    }
    try (Peer refused = Peer.connect(port)) {
      assertThat(refused.receiveAll()).isEqualTo("ERROR too many connections\n");
    }
    assertThat(peers.get(0).send("EOF\n").receiveAll()).isEmpty();
    try (Peer next = Peer.connect(port).send("known1.example\n")) {
      assertThat(next.receiveLine()).startsWith("known1.example");
    }
    peers.get(1).close();
  }

  @Test
  void connectionIsNotReadBeyondItsQueriesInFlight() throws Exception {
    int port = listen(with(100, 1000, 4, LONG, LONG));
    try (Peer client = Peer.connect(port);
        Peer other = Peer.connect(port)) {
      client.send("held.example\n".repeat(50));
      List<HeldResolver.Held> queries = held.next(4);
      queries.get(3).tell(TIMED_OUT);
      other.send("held.other.example\n");
      assertThat(held.next().question().name()).hasToString("held.other.example");
      queries.subList(0, 3).forEach(q -> q.tell(TIMED_OUT));
      held.next(4);
    }
  }

  @Test
  void allConnectionsTogetherKeepToTheLimit() throws Exception {
    int port = listen(with(100, 4, 100, LONG, LONG));
    try (Peer one = Peer.connect(port);
        Peer another = Peer.connect(port);
        Peer other = Peer.connect(port)) {
      one.send("held.example\n".repeat(3));
      another.send("held.example\n".repeat(3));
      List<HeldResolver.Held> queries = held.next(4);
      other.send("known1.example\n");
      queries.forEach(q -> q.tell(TIMED_OUT));
      assertThat(other.receiveLine()).startsWith("known1.example");
      held.next(2);
    }
  }

  @Test
  void oneConnectionTakesAtMostHalfOfTheLimit() throws Exception {
    int port = listen(with(100, 4, 100, LONG, LONG));
    try (Peer greedy = Peer.connect(port);
        Peer other = Peer.connect(port)) {
      greedy.send("held.example\n".repeat(50));
      held.next(2);
      other.send("known1.example\n");
      assertThat(other.receiveLine()).startsWith("known1.example");
    }
  }

  @Test
  void vanishedClientGivesItsPlacesBack() throws Exception {
    int port = listen(with(100, 2, 100, LONG, LONG));
    Peer vanishing = Peer.connect(port).send("held.example\n".repeat(3));
    List<HeldResolver.Held> queries = held.next(2);
    vanishing.close();
    queries.forEach(q -> q.tell(TIMED_OUT));
    held.next().tell(TIMED_OUT);
    try (Peer client = Peer.connect(port).send("known1.example\nknown2.example\n")) {
      assertThat(client.receiveLine()).startsWith("known1.example");
      assertThat(client.receiveLine()).startsWith("known2.example");
    }
  }

  @Test
  void idleConnectionIsClosedAfterTheTimeout() throws Exception {
    try (Peer client = Peer.connect(listen(with(100, 1000, 100, Duration.ofMillis(50), LONG)))) {
      assertThat(client.receiveAll()).as("before an end that is no reset").isEmpty();
    }
  }

  @Test
  void clientThatNeverReadsIsCutOffAndDisturbsNobody() throws Exception {
    int port = listen(with(100, 1000, 100, LONG, Duration.ofMillis(200)));
    try (Peer deaf = Peer.connect(port);
        Peer other = Peer.connect(port)) {
      CompletableFuture<Void> flood =
          CompletableFuture.runAsync(
              () -> {
                String queries = "known1.example\n".repeat(1000);
                assertThatThrownBy(
                        () -> {
                          while (true) {
                            deaf.send(queries);
                          }
                        })
                    .isInstanceOf(IOException.class);
              });
      for (int i = 0; i < 20; i++) {
        other.send("known2.example\n");
        assertThat(other.receiveLine()).startsWith("known2.example");
      }
      flood.get(30, TimeUnit.SECONDS);
      other.send("known2.example\n");
      assertThat(other.receiveLine()).startsWith("known2.example");
    }
  }

  @Test
  void drainAnswersQueriesInFlightAndTakesNoNewOnes() throws Exception {
    OpenListener bound = bind(SETTINGS);
    try (Peer client = Peer.connect(bound.address().port())) {
      client.send("held.example\n");
      HeldResolver.Held query = held.next();
      CompletableFuture<?> drained = bound.drain().toCompletableFuture();
      assertThat(drained).isNotDone();
      query.tell(TIMED_OUT);
      assertThat(client.receiveAll()).isEqualTo("held.example - TIMED OUT\n");
      drained.get(10, TimeUnit.SECONDS);
      assertThatThrownBy(() -> Peer.connect(bound.address().port()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void bindFailsWhenThePortIsInUse() throws Exception {
    OpenListener bound = bind(SETTINGS);
    assertThatThrownBy(() -> bind(bound.address(), SETTINGS))
        .isInstanceOf(ExecutionException.class);
  }

  private int listen(TextListenerSettings settings) throws Exception {
    return bind(settings).address().port();
  }

  @Test
  void disallowedClientGetsAnError() throws Exception {
    AccessList others = AccessList.parse(List.of("192.0.2.0/24")).orElseThrow();
    OpenListener bound = bind(new HostPort("127.0.0.1", 0), limits(others), SETTINGS);
    try (Peer client = Peer.connect(bound.address().port())) {
      assertThat(client.receiveAll()).isEqualTo("ERROR not allowed\n");
    }
  }

  @Test
  void disallowedClientsAreToldSoAtALimitedRate() throws Exception {
    AccessList others = AccessList.parse(List.of("192.0.2.0/24")).orElseThrow();
    ClientLimits once =
        new ClientLimits(
            new ClientLimitSettings(others, Optional.empty(), Optional.empty(), Optional.of(1)),
            Listeners.limits(1000),
            () -> 1,
            nextInterval -> {});
    int port = bind(new HostPort("127.0.0.1", 0), once, SETTINGS).address().port();
    try (Peer told = Peer.connect(port)) {
      assertThat(told.receiveAll()).isEqualTo("ERROR not allowed\n");
    }
    try (Peer untold = Peer.connect(port)) {
      assertThat(untold.receiveAll()).isEmpty();
    }
  }

  private OpenListener bind(TextListenerSettings settings) throws Exception {
    return bind(new HostPort("127.0.0.1", 0), settings);
  }

  private OpenListener bind(HostPort address, TextListenerSettings settings) throws Exception {
    return bind(address, limits(AccessList.ANYBODY), settings);
  }

  private OpenListener bind(HostPort address, ClientLimits limits, TextListenerSettings settings)
      throws Exception {
    return Listeners.text(address, limits, held, settings, TEST_KIT.system());
  }

  private static ClientLimits limits(AccessList allowed) {
    return new ClientLimits(
        ClientLimitSettings.of(allowed), Listeners.limits(1000), TEST_KIT.system());
  }

  private static TextListenerSettings with(
      int connections, int inFlight, int perConnection, Duration idle, Duration write) {
    return new TextListenerSettings(
        SETTINGS.rest(),
        SETTINGS.restAfterNewline(),
        new ListenerLimits(
            connections, connections, inFlight, perConnection, 1 << 20, idle, write));
  }

  private static Answer answer(String name) {
    if (name.startsWith("silent")) {
      return Answer.Unheard.SILENT;
    }
    return name.startsWith("no")
        ? Answer.Negative.NXDOMAIN
        : Answer.Positive.line(name + " 192.0.2.1 A IN");
  }
}
