package firstanswer.upstream.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private final Silence silence = new Silence(Duration.ofNanos(10));

  @Test
  void silenceBeginsWithTheFirstNameAndEndsWithAWord() {
    assertThat(silence.lasts()).isFalse();
    assertThat(silence.left(5)).isEmpty();
    silence.begin(5);
    assertThat(silence.lasts()).isTrue();
    assertThat(silence.since()).isEqualTo(5);
    assertThat(silence.left(9)).contains(Duration.ofNanos(6));
    silence.end();
    assertThat(silence.left(30)).isEmpty();
  }

  @Test
  void silenceThatLastsTooLongHasNoTimeLeft() {
    silence.begin(5);
    assertThat(silence.left(15)).contains(Duration.ZERO);
    assertThat(silence.left(16)).contains(Duration.ZERO);
  }
}
