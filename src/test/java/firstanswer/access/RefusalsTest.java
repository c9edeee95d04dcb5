package firstanswer.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final ClientNetwork ONE = new ClientNetwork(0xc0000201_04L);
  private static final ClientNetwork TWO = new ClientNetwork(0xc0000202_04L);

  private final Queue<Runnable> nextInterval = new ArrayDeque<>();
  private final List<String> lines = new ArrayList<>();
  private final Refusals refusals = new Refusals(nextInterval::add, (why, line) -> lines.add(line));

  @Test
  void firstRefusalIsLoggedAtOnceThenCountsUntilNone() {
    count(Refusal.RATE, ONE, 1000);
    assertThat(takeLines())
        .containsExactly("1 refused, the last to 192.0.2.1: " + Refusal.RATE.reason());
    count(Refusal.RATE, TWO, 1);
    intervalEnds();
    assertThat(takeLines())
        .containsExactly("1000 refused, the last to 192.0.2.2: " + Refusal.RATE.reason());
    intervalEnds();
    assertThat(takeLines()).isEmpty();
    assertThat(nextInterval).isEmpty();
    count(Refusal.RATE, ONE, 5);
    assertThat(takeLines()).hasSize(1);
    intervalEnds();
    assertThat(takeLines()).singleElement().asString().startsWith("4 refused");
    assertThat(refusals.total(Refusal.RATE)).isEqualTo(1006);
  }

  @Test
  void eachReasonIsCountedAndLoggedByItself() {
    count(Refusal.RATE, ONE, 3);
    count(Refusal.IN_FLIGHT, ONE, 2);
    assertThat(takeLines()).hasSize(2);
    intervalEnds();
    assertThat(takeLines()).hasSize(2);
    assertThat(refusals.total(Refusal.RATE)).isEqualTo(3);
    assertThat(refusals.total(Refusal.IN_FLIGHT)).isEqualTo(2);
    assertThat(refusals.total(Refusal.NOT_ALLOWED)).isZero();
  }

  private void count(Refusal why, ClientNetwork client, int times) {
    for (int i = 0; i < times; i++) {
      refusals.count(why, client);
    }
  }

  private void intervalEnds() {
    for (int left = nextInterval.size(); left > 0; left--) {
      nextInterval.remove().run();
    }
  }

  private List<String> takeLines() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }
}
