package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

class MixedCaseTest {
  private static final String NAME = "abcdefghijklmnopqrstuvwxyz.example.org.";

  @ParameterizedTest
  @CsvSource({
    "0xffff, abcdefghijklmnopqrstuvwxyz.example.org.",
    "0x0000, ABCDEFGHIJKLMNOPQRSTUVWXYZ.EXAMPLE.ORG.",
    "0x5555, aBcDeFgHiJkLmNoPqRsTuVwXyZ.eXaMpLe.OrG.",
    "0x00ff, abcdefghIJKLMNOPqrstuvwxYZ.EXAMPLe.org.",
  })
  void eachLetterTakesItsCaseFromOneBit(int bits, String mixed) {
    assertThat(name(MixedCase.mix(query(NAME), () -> bits))).isEqualTo(mixed);
    assertThat(name(MixedCase.mix(query(mixed), () -> 0xffff))).isEqualTo(NAME);
  }

  @Test
  void sixteenLettersNeedOneDraw() {
    AtomicInteger draws = new AtomicInteger();
    MixedCase.mix(query("abcdefgh.ijklmnop."), draws::incrementAndGet);
    assertThat(draws).hasValue(1);
    MixedCase.mix(query("abcdefgh.ijklmnop.q."), draws::incrementAndGet);
    assertThat(draws).hasValue(3);
  }

  @Test
  void octetsThatAreNoLettersStayAsTheyAre() {
    for (String name : new String[] {"1-_@[`{.\\192\\219\\225\\250.", "0".repeat(63) + "."}) {
      byte[] query = query(name);
      assertThat(MixedCase.mix(query, () -> 0)).isEqualTo(query);
      assertThat(MixedCase.mix(query, () -> 0xffff)).isEqualTo(query);
    }
  }

  @Test
  void queryAndTheRestOfTheMessageStayAsTheyAre() {
    int letters = 'a' << 8 | 'a';
    byte[] query = Messages.withOpt(Messages.query(NAME, letters)).toWire();
    byte[] copy = query.clone();
    byte[] mixed = MixedCase.mix(query, () -> 0);
    assertThat(query).isEqualTo(copy);
    int end = 12 + Messages.name(NAME).length();
    assertThat(Arrays.copyOf(mixed, 12)).isEqualTo(Arrays.copyOf(query, 12));
    assertThat(Arrays.copyOfRange(mixed, end, mixed.length))
        .isEqualTo(Arrays.copyOfRange(query, end, query.length));
  }

  @Test
  void echoIsTheSameNameInTheSameCase() {
    byte[] query = query("www.Example.org.");
    assertThat(MixedCase.isEchoed(query, query.clone())).isTrue();
    assertThat(MixedCase.isEchoed(query, query("www.example.org."))).isFalse();
    int end = 12 + Messages.name("www.Example.org.").length();
    assertThat(MixedCase.isEchoed(query, Arrays.copyOf(query, end))).isTrue();
    assertThat(MixedCase.isEchoed(query, Arrays.copyOf(query, end - 1))).isFalse();
  }

  @Test
  void restoredResponseHasTheCaseOfTheQuery() {
    byte[] response =
        Messages.response("WWW.example.ORG.", Type.A, 0, message -> message.getHeader().setID(1))
            .toWire();
    byte[] query = query("www.Example.org.");
    MixedCase.restore(query, response);
    assertThat(name(response)).isEqualTo("www.Example.org.");
    assertThat(Messages.parse(response).getHeader().getID()).isEqualTo(1);
  }

  private static byte[] query(String name) {
    return Messages.query(name, Type.A).toWire();
  }

  private static String name(byte[] message) {
    return Messages.parse(message).getQuestion().getName().toString();
  }
}
