package firstanswer.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CongestionTest {
  private static final int MOST = 1024;

  private final Congestion congestion = new Congestion();
  private final List<String> ends = new ArrayList<>();

  @Test
  void congestionLastsWhileAnyReasonApplies() {
    congestion.whenOver(() -> ends.add("over"));
    Congestion.Reason one = congestion.reason();
    Congestion.Reason other = congestion.reason();
    assertThat(congestion.lasts()).isFalse();
    one.applies(true);
    other.applies(true);
    one.applies(false);
    assertThat(congestion.lasts()).isTrue();
    assertThat(ends).isEmpty();
    other.applies(false);
    assertThat(congestion.lasts()).isFalse();
    assertThat(ends).hasSize(1);
  }

  @Test
  void reasonCountsOnceHoweverOftenItIsGiven() {
    Congestion.Reason one = congestion.reason();
    one.applies(true);
    one.applies(true);
    one.applies(false);
    one.applies(false);
    assertThat(congestion.lasts()).isFalse();
    congestion.reason().applies(true);
    assertThat(congestion.lasts()).isTrue();
  }

  @Test
  void manyQueriesOnTheirWayAreACongestionUntilHalfOfThemHaveArrived() {
    List<Congestion.Way> ways = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      assertThat(congestion.lasts()).isFalse();
      ways.add(congestion.begin());
    }
    assertThat(congestion.lasts()).isTrue();
    ways.subList(1, MOST / 2).forEach(Congestion.Way::end);
    ways.get(1).end();
    assertThat(congestion.lasts()).as("a way ends once").isTrue();
    ways.get(0).end();
    assertThat(congestion.lasts()).isFalse();
  }
}
