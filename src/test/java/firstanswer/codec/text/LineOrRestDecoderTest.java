package firstanswer.codec.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LineOrRestDecoderTest {
  private static final Duration REST = Duration.ofMillis(20);
  private static final Duration LONG_REST = Duration.ofMillis(500);

  private final MessageDecoder decoder = LineOrRestDecoder.forQueries(REST, LONG_REST);

  /** Those that were polled and not looked at yet. */
  private final List<TextMessage> polled = new ArrayList<>();

  @Test
  void aNewlineEndsAMessageAndBlanksAreStripped() {
    feed("  a.example \r\nb.example\n");
    assertThat(messages()).containsExactly(line("a.example"), line("b.example"));
    assertThat(decoder.rest()).isZero();
  }

  @Test
  void bytesWithoutANewlineBecomeAMessageAfterRest() {
    feed("a.exa");
    feed("mple");
    assertThat(messages()).isEmpty();
    assertThat(decoder.rest()).isEqualTo(REST);
    decoder.rested();
    assertThat(messages()).containsExactly(bare("a.example"));
  }

  @Test
  void afterABareMessageEachReadIsAMessage() {
    feed("a.example");
    decoder.rested();
    feed("b.example");
    assertThat(decoder.rest()).isZero();
    feed("c.example");
    assertThat(messages()).containsExactly(bare("a.example"), bare("b.example"), bare("c.example"));
  }

  @Test
  void afterANewlineNoReadIsAMessageByItself() {
    feed("a.example");
    decoder.rested();
    feed("b.example\nc.exam");
    feed("ple\n");
    assertThat(messages()).containsExactly(bare("a.example"), line("b.example"), line("c.example"));
  }

  @Test
  void aRestAfterANewlineMustBeLonger() {
    feed("a.example\nb.exam");
    assertThat(decoder.rest()).isEqualTo(LONG_REST);
    feed("ple\n");
    assertThat(messages()).containsExactly(line("a.example"), line("b.example"));
  }

  @Test
  void eofInEitherFramingFinishesTheConversation() {
    feed("a.example\nEOF\nb.example\n");
    assertThat(messages()).containsExactly(line("a.example"));
    assertThat(decoder.finished()).isTrue();

    MessageDecoder bare = LineOrRestDecoder.forQueries(REST, LONG_REST);
    bare.feed("EOF".getBytes(ISO_8859_1));
    assertThat(bare.poll()).isEmpty();
    bare.rested();
    assertThat(bare.poll()).isEmpty();
    assertThat(bare.finished()).isTrue();
  }

  @Test
  void onlyTheExactWordIsEof() {
    feed("eof\nEOF.example\nxEOF\n");
    assertThat(messages()).containsExactly(line("eof"), line("EOF.example"), line("xEOF"));
    assertThat(decoder.finished()).isFalse();
  }

  @Test
  void theEndOfTheStreamEndsAQuery() {
    feed("a.example");
    decoder.ended();
    assertThat(messages()).containsExactly(bare("a.example"));
    assertThat(decoder.finished()).isTrue();
  }

  @Test
  void halfAnAnswerAtTheEndOfTheStreamIsDropped() {
    MessageDecoder answers = LineOrRestDecoder.forAnswers();
    answers.feed("a.example 192.0.2.1 A IN\nb.example 192.0".getBytes(ISO_8859_1));
    assertThat(messagesOf(answers)).containsExactly(line("a.example 192.0.2.1 A IN"));
    assertThat(answers.rest()).isZero();
    answers.ended();
    assertThat(messagesOf(answers)).isEmpty();
  }

  @Test
  void aMessageOf256BytesFinishesTheConversation() {
    feed("a".repeat(255) + "\n");
    assertThat(messages()).containsExactly(line("a".repeat(255)));
    feed("b".repeat(256));
    assertThat(messages()).containsExactly(new TextMessage("", Framing.LINE, true));
    assertThat(decoder.finished()).isTrue();
    feed("c.example\n");
    assertThat(messages()).isEmpty();
  }

  @Test
  void anOverLongMessageInPiecesIsNoticed() {
    for (int i = 0; i < 10; i++) {
      feed("x".repeat(30));
    }
    assertThat(messages()).containsExactly(new TextMessage("", Framing.BARE, true));
  }

  @Test
  void emptyLinesAreMessages() {
    feed("\n\r\n  \n");
    assertThat(messages()).containsExactly(line(""), line(""), line(""));
  }

  @Test
  void aMessageIsCutOnlyWhenItIsPolled() {
    decoder.feed("a.example\nb.example\nEOF\n".getBytes(ISO_8859_1));
    assertThat(decoder.poll()).contains(line("a.example"));
    assertThat(decoder.finished()).isFalse();
    decoder.ended();
    assertThat(decoder.poll()).contains(line("b.example"));
    assertThat(decoder.poll()).isEmpty();
    assertThat(decoder.finished()).isTrue();
  }

  @Test
  void bytesThatHaveRestedComeBeforeTheNextOnes() {
    feed("a.example");
    decoder.rested();
    feed("b.example\nc.example\n");
    assertThat(messages()).containsExactly(bare("a.example"), line("b.example"), line("c.example"));
  }

  @Property
  void aStreamCutAnywhereGivesTheSameMessages(
      @ForAll @Size(max = 20) List<@IntRange(max = 5) Integer> kinds,
      @ForAll @Size(max = 10) List<@IntRange(max = 300) Integer> cuts) {
    StringBuilder stream = new StringBuilder();
    for (int kind : kinds) {
      stream.append(List.of("a.example", "\n", "\r\n", "B", "\u0000\u00ff", " ").get(kind));
    }
    byte[] bytes = stream.append('\n').toString().getBytes(ISO_8859_1);
    MessageDecoder whole = LineOrRestDecoder.forQueries(REST, LONG_REST);
    whole.feed(bytes);
    MessageDecoder pieces = LineOrRestDecoder.forQueries(REST, LONG_REST);
    List<TextMessage> ofPieces = new ArrayList<>();
    int from = 0;
    for (int cut : cuts.stream().sorted().filter(c -> c < bytes.length).toList()) {
      pieces.feed(java.util.Arrays.copyOfRange(bytes, from, cut));
      ofPieces.addAll(messagesOf(pieces));
      from = cut;
    }
    pieces.feed(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    ofPieces.addAll(messagesOf(pieces));
    assertThat(ofPieces).isEqualTo(messagesOf(whole));
    assertThat(pieces.rest()).isEqualTo(whole.rest());
  }

  private void feed(String text) {
    decoder.feed(text.getBytes(ISO_8859_1));
    polled.addAll(messagesOf(decoder));
  }

  private List<TextMessage> messages() {
    polled.addAll(messagesOf(decoder));
    List<TextMessage> messages = List.copyOf(polled);
    polled.clear();
    return messages;
  }

  static List<TextMessage> messagesOf(MessageDecoder decoder) {
    List<TextMessage> messages = new ArrayList<>();
    for (Optional<TextMessage> m = decoder.poll(); m.isPresent(); m = decoder.poll()) {
      messages.add(m.get());
    }
    return messages;
  }

  private static TextMessage line(String text) {
    return new TextMessage(text, Framing.LINE);
  }

  private static TextMessage bare(String text) {
    return new TextMessage(text, Framing.BARE);
  }
}
