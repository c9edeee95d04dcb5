package firstanswer.access;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.access.InFlight.Room;
import firstanswer.congestion.Congestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The name of a query begins with its client, "a" to "z". */
class InFlightTest {
  private static final int CLIENTS = 4;

  private static final int CONGESTED = InFlight.CONGESTED;
  private static final Room MANY = new Room(10 * CONGESTED, 10 * CONGESTED);

  private InFlight inFlight = new InFlight(new Room(2, 3), Room.BOUNDLESS, new Congestion());
  private final List<String> started = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final Map<String, CompletableFuture<String>> answers = new HashMap<>();

  @Test
  void queriesStartWhileThereIsRoomAndThenInOrder() {
    start("a1", "a2", "a3", "a4");
    assertThat(started).containsExactly("a1", "a2");
    end("a2");
    assertThat(started).containsExactly("a1", "a2", "a3");
    end("a1");
    assertThat(started).containsExactly("a1", "a2", "a3", "a4");
  }

  @Test
  void failureGivesItsPlaceBack() {
    start("a1", "a2");
    answers.get("a1").completeExceptionally(new IllegalStateException());
    end("a2");
    start("a3", "a4", "a5");
    assertThat(started).containsExactly("a1", "a2", "a3", "a4");
  }

  @Test
  void supplierThatThrowsGivesItsPlaceBack() {
    inFlight = new InFlight(new Room(1, 9), Room.BOUNDLESS, new Congestion());
    ClientNetwork client = new ClientNetwork(4);
    CompletableFuture<String> result =
        inFlight
            .<String>tryStart(
                client,
                () -> {
                  throw new IllegalStateException("broken");
                })
            .orElseThrow()
            .toCompletableFuture();
    assertThat(result).isCompletedExceptionally();
    assertThat(inFlight.clients()).isZero();
    assertThat(tryStart("a1")).isTrue();
  }

  /** Each start ends the query before it; with recursion, so many would overflow the stack. */
  @Test
  void longChainOfCompleteAnswersKeepsTheStackSmall() {
    int many = 100_000;
    inFlight = new InFlight(new Room(1, many), Room.BOUNDLESS, new Congestion());
    start("a1");
    AtomicInteger ran = new AtomicInteger();
    for (int i = 0; i < many; i++) {
      inFlight.start(
          new ClientNetwork(4),
          () -> CompletableFuture.completedFuture(ran.incrementAndGet()),
          () -> 0);
    }
    end("a1");
    assertThat(ran).hasValue(many);
    assertThat(inFlight.clients()).isZero();
  }

  @Test
  void queryIsRefusedWhenTooManyWait() {
    start("a1", "a2", "a3", "a4", "a5");
    assertThat(refused).isEmpty();
    start("a6");
    assertThat(refused).containsExactly("a6");
    end("a1");
    start("a7");
    end("a2");
    assertThat(started).containsExactly("a1", "a2", "a3", "a4");
  }

  @Test
  void oneClientWaitsWithNoMoreThanItsShare() {
    inFlight = new InFlight(new Room(2, 3), new Room(2, 2), new Congestion());
    start("a1", "a2", "a3", "a4");
    start("a5", "b1", "c1");
    assertThat(refused).containsExactly("a5", "c1");
  }

  @Test
  void queryThatCannotWaitRunsNowOrNotAtAll() {
    assertThat(tryStart("a1")).isTrue();
    assertThat(tryStart("a2")).isTrue();
    assertThat(tryStart("a3")).isFalse();
    end("a1");
    assertThat(tryStart("a4")).isTrue();
    end("a2");
    start("a5", "a6");
    assertThat(started).containsExactly("a1", "a2", "a4", "a5");
  }

  @Test
  void waitingQueryComesBeforeOneThatCannotWait() {
    start("a1", "a2", "a3");
    end("a1");
    assertThat(started).containsExactly("a1", "a2", "a3");
    assertThat(tryStart("b1")).isFalse();
    end("a2");
    assertThat(tryStart("b1")).isTrue();
    assertThat(tryStart("b2")).isFalse();
  }

  @Test
  void clientAtItsLimitDelaysNobodyElse() {
    inFlight = new InFlight(new Room(4, 9), new Room(2, 9), new Congestion());
    start("a1", "a2", "a3", "b1", "b2", "b3");
    assertThat(started).containsExactly("a1", "a2", "b1", "b2");
    assertThat(tryStart("a4")).isFalse();
    end("b1");
    assertThat(started).endsWith("b2", "b3");
    end("b2");
    assertThat(tryStart("a4")).isFalse();
    assertThat(tryStart("c1")).isTrue();
    end("a1");
    assertThat(started).endsWith("c1", "a3");
  }

  @Test
  void waitingQueriesTakeTurnsByClient() {
    inFlight = new InFlight(new Room(1, 9), new Room(1, 9), new Congestion());
    start("x", "a1", "a2", "a3", "b1", "b2", "c1");
    for (String query : List.of("x", "a1", "b1", "c1", "a2", "b2")) {
      end(query);
    }
    assertThat(started).containsExactly("x", "a1", "b1", "c1", "a2", "b2", "a3");
  }

  @Test
  void congestionLeavesFewPlacesUntilItIsOver() {
    Congestion congestion = new Congestion();
    inFlight = new InFlight(MANY, Room.BOUNDLESS, congestion);
    Congestion.Reason server = congestion.reason();
    server.applies(true);
    start(numbered("a", CONGESTED + 2));
    assertThat(started).containsExactly(numbered("a", CONGESTED));
    assertThat(tryStart("ax")).as("a query that cannot wait").isTrue();
    end("a3");
    assertThat(started).endsWith("ax");
    end("a4");
    assertThat(started).endsWith("a" + (CONGESTED + 1));
    server.applies(false);
    assertThat(started).endsWith("a" + (CONGESTED + 2));
  }

  @Test
  void clientsShareThePlacesOfACongestionAndEachHasOne() {
    Congestion congestion = new Congestion();
    inFlight = new InFlight(MANY, Room.BOUNDLESS, congestion);
    congestion.reason().applies(true);
    start(numbered("a", CONGESTED + 2));
    start(numbered("b", CONGESTED / 2 + 1));
    assertThat(started).endsWith("b" + CONGESTED / 2);
    end("a1");
    assertThat(started).as("a has more than its share").endsWith("b" + CONGESTED / 2);
    end("b1");
    assertThat(started).endsWith("b" + (CONGESTED / 2 + 1));
  }

  private static String[] numbered(String client, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(i -> client + i).toArray(String[]::new);
  }

  /** Each step begins a query of some client or ends a running one. */
  @Property
  void limitsHoldPlacesReturnAndNoQueryIsForgotten(
      @ForAll @IntRange(min = 1, max = 6) int running,
      @ForAll @IntRange(min = 1, max = 4) int runningOfOne,
      @ForAll @Size(max = 200) List<@IntRange(min = -5, max = CLIENTS - 1) Integer> steps) {
    InFlight tested =
        new InFlight(new Room(running, 8), new Room(runningOfOne, 5), new Congestion());
    List<Query> queries = new ArrayList<>();
    for (int step : steps) {
      if (step >= 0) {
        queries.add(new Query(step, tested));
      } else {
        queries.stream().filter(Query::runs).skip(-step - 1).findFirst().ifPresent(Query::end);
      }
      assertThat(queries.stream().filter(Query::runs)).hasSizeLessThanOrEqualTo(running);
      for (int client = 0; client < CLIENTS; client++) {
        assertThat(running(queries, client)).isLessThanOrEqualTo(runningOfOne);
      }
      assertNobodyWaitsInVain(queries, running, runningOfOne);
    }
    while (queries.stream().anyMatch(Query::runs)) {
      queries.stream().filter(Query::runs).findFirst().ifPresent(Query::end);
    }
    assertThat(queries).allMatch(query -> query.outcome.isDone());
    assertThat(tested.clients()).isZero();
  }

  private static void assertNobodyWaitsInVain(List<Query> queries, int running, int runningOfOne) {
    if (queries.stream().filter(Query::runs).count() < running) {
      assertThat(queries.stream().filter(Query::waits))
          .allMatch(query -> running(queries, query.client) == runningOfOne);
    }
  }

  private static long running(List<Query> queries, int client) {
    return queries.stream().filter(query -> query.client == client && query.runs()).count();
  }

  private static final class Query {
    private final int client;
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final CompletableFuture<?> outcome;
    private boolean started;

    Query(int client, InFlight inFlight) {
      this.client = client;
      this.outcome =
          inFlight
              .start(
                  new ClientNetwork(client),
                  () -> {
                    started = true;
                    return answer;
                  },
                  () -> "busy")
              .toCompletableFuture();
    }

    boolean runs() {
      return started && !answer.isDone();
    }

    boolean waits() {
      return !outcome.isDone();
    }

    void end() {
      answer.complete("");
    }
  }

  private void end(String query) {
    answers.get(query).complete("");
  }

  private boolean tryStart(String query) {
    return inFlight.tryStart(client(query), () -> begun(query)).isPresent();
  }

  private void start(String... queries) {
    for (String query : queries) {
      inFlight.start(client(query), () -> begun(query), () -> busy(query));
    }
  }

  private String busy(String query) {
    refused.add(query);
    return "busy";
  }

  private CompletableFuture<String> begun(String query) {
    started.add(query);
    answers.put(query, new CompletableFuture<>());
    return answers.get(query);
  }

  private static ClientNetwork client(String query) {
    return new ClientNetwork(query.charAt(0));
  }
}
