package firstanswer.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight inFlight = new InFlight(2, 3);
  private final List<String> started = new ArrayList<>();
  private final Map<String, CompletableFuture<String>> answers = new HashMap<>();

  @Test
  void startsAtOnceWhatThereIsRoomForAndTheRestInItsOrder() {
    start("a", "b", "c", "d");
    assertThat(started).containsExactly("a", "b");
    answers.get("b").complete("");
    assertThat(started).containsExactly("a", "b", "c");
    answers.get("a").complete("");
    assertThat(started).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aFailureGivesItsPlaceBack() {
    start("a", "b");
    answers.get("a").completeExceptionally(new IllegalStateException());
    answers.get("b").complete("");
    start("c", "d", "e");
    assertThat(started).containsExactly("a", "b", "c", "d");
  }

  @Test
  void refusesWhatComesWhenTooManyWait() {
    start("a", "b", "c", "d", "e");
    CompletableFuture<String> never = new CompletableFuture<>();
    assertThat(inFlight.start(() -> never, "busy").toCompletableFuture().join())
        .isCompletedWithValue("busy");
    answers.get("a").complete("");
    start("f");
    answers.get("b").complete("");
    assertThat(started).containsExactly("a", "b", "c", "d");
  }

  @Test
  void whatCannotWaitRunsNowOrNotAtAll() {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    assertThat(inFlight.tryStart(() -> first)).contains(first);
    assertThat(inFlight.tryStart(() -> second)).contains(second);
    assertThat(inFlight.tryStart(InFlightTest::unwanted)).isEmpty();
    first.completeExceptionally(new IllegalStateException());
    assertThat(inFlight.tryStart(() -> first)).contains(first);
    second.complete("");
    start("a", "b");
    assertThat(started).containsExactly("a", "b");
  }

  @Test
  void whatWaitsComesBeforeWhatCannot() {
    start("a", "b", "c");
    answers.get("a").complete("");
    assertThat(started).containsExactly("a", "b", "c");
    assertThat(inFlight.tryStart(InFlightTest::unwanted)).isEmpty();
    answers.get("b").complete("");
    assertThat(inFlight.tryStart(() -> new CompletableFuture<>())).isPresent();
    assertThat(inFlight.tryStart(InFlightTest::unwanted)).isEmpty();
  }

  private static CompletableFuture<String> unwanted() {
    throw new AssertionError("no room");
  }

  private void start(String... names) {
    for (String name : names) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      answers.put(name, answer);
      inFlight.start(
          () -> {
            started.add(name);
            return answer;
          },
          "busy");
    }
  }
}
