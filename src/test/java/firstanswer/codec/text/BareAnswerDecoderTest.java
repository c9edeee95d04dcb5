package firstanswer.codec.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BareAnswerDecoderTest {
  private static final Duration REST = Duration.ofMillis(20);

  private final BareAnswerDecoder decoder = new BareAnswerDecoder(REST);

  @Test
  void anAnswerOfTheUsualFormNeedsNoRest() {
    feed("a.example 192.0.2.1 A IN");
    assertThat(texts()).containsExactly("a.example 192.0.2.1 A IN");
    assertThat(decoder.rest()).isZero();
  }

  @Test
  void answersInOneReadAreSeparated() {
    feed(
        "a.example 192.0.2.1 A ININ.example 192.0.2.2 A INc.example - TIMED OUTd.example - NOT FOUND");
    assertThat(texts())
        .containsExactly(
            "a.example 192.0.2.1 A IN",
            "IN.example 192.0.2.2 A IN",
            "c.example - TIMED OUT",
            "d.example - NOT FOUND");
  }

  @Test
  void halfAnAnswerWaitsForItsOtherHalf() {
    feed("a.example 192.0.2.1 A IN" + "b.example 192.0");
    assertThat(texts()).containsExactly("a.example 192.0.2.1 A IN");
    assertThat(decoder.rest()).isEqualTo(REST);
    feed(".2.2 A I");
    assertThat(texts()).isEmpty();
    feed("N");
    assertThat(texts()).containsExactly("b.example 192.0.2.2 A IN");
  }

  @Test
  void anotherFormBecomesAnAnswerAfterItsRest() {
    feed("a.example 192.0.2.1 A");
    assertThat(texts()).isEmpty();
    decoder.rested();
    assertThat(texts()).containsExactly("a.example 192.0.2.1 A");
  }

  @Test
  void severalLinesThatRestBecomeSeveralAnswers() {
    feed("a.example 192.0.2.1 A\nb.example 192.0.2.2 A\r\n");
    decoder.rested();
    assertThat(texts()).containsExactly("a.example 192.0.2.1 A", "b.example 192.0.2.2 A");
  }

  @Test
  void anUnfinishedAnswerAtTheEndIsDropped() {
    feed("a.example 192.0.2.1 A");
    decoder.ended();
    assertThat(texts()).isEmpty();
    assertThat(decoder.finished()).isTrue();
  }

  @Test
  void moreThan4096BytesWithoutAnEndFinish() {
    for (int i = 0; i < 5; i++) {
      feed("x".repeat(1000));
    }
    assertThat(decoder.poll()).contains(new TextMessage("", Framing.BARE, true));
    assertThat(decoder.poll()).isEmpty();
    assertThat(decoder.finished()).isTrue();
  }

  @Test
  void anAnswerIsCutOnlyWhenItIsPolled() {
    feed("a.example 192.0.2.1 A IN".repeat(2) + "b.example 192.0.2.2 A");
    assertThat(decoder.poll()).isPresent();
    feed(" IN");
    assertThat(texts()).containsExactly("a.example 192.0.2.1 A IN", "b.example 192.0.2.2 A IN");
  }

  @Property
  void aStreamCutAnywhereGivesTheSameAnswers(
      @ForAll @IntRange(min = 1, max = 8) int answers,
      @ForAll @Size(max = 10) List<@IntRange(max = 200) Integer> cuts) {
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < answers; i++) {
      stream.append("host").append(i).append(".example 192.0.2.").append(i).append(" A IN");
    }
    BareAnswerDecoder pieces = new BareAnswerDecoder(REST);
    int from = 0;
    for (int cut : cuts.stream().sorted().filter(c -> c < stream.length()).toList()) {
      pieces.feed(stream.substring(from, cut).getBytes(ISO_8859_1));
      from = cut;
    }
    pieces.feed(stream.substring(from).getBytes(ISO_8859_1));
    assertThat(LineOrRestDecoderTest.messagesOf(pieces)).hasSize(answers);
    assertThat(pieces.rest()).isZero();
  }

  private void feed(String text) {
    decoder.feed(text.getBytes(ISO_8859_1));
  }

  private List<String> texts() {
    return LineOrRestDecoderTest.messagesOf(decoder).stream().map(TextMessage::text).toList();
  }
}
