package firstanswer.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.DomainName;
import firstanswer.dns.Edns;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.testing.SameHash;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

class QuestionKeyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int BITS = 15;

  /** Each differs from the one before. */
  private static final List<Question> DIFFERENT =
      List.of(
          Question.ofText(name("a.example")),
          Question.ofText(name("b.example")),
          question("b.example", Type.A, 0, Optional.empty()),
          question("b.example", Type.AAAA, 0, Optional.empty()),
          question("b.example", Type.AAAA, 0x0100, Optional.empty()),
          question("b.example", Type.AAAA, 0x0100, Optional.of(new Edns(0, new byte[0]))),
          question("b.example", Type.AAAA, 0x0100, Optional.of(new Edns(0, new byte[] {1}))),
          question("b.example", Type.AAAA, 0x0100, Optional.of(new Edns(0x8000, new byte[0]))));

  @Test
  void keysAreEqualInOrderIfTheirQuestionsAre() {
    for (Question one : DIFFERENT) {
      for (Question other : DIFFERENT) {
        int order = new QuestionKey(one).compareTo(new QuestionKey(other));
        assertThat(order == 0).isEqualTo(one.equals(other));
        assertThat(Integer.signum(new QuestionKey(other).compareTo(new QuestionKey(one))))
            .isEqualTo(-Integer.signum(order));
      }
    }
    assertThat(new QuestionKey(Question.ofText(name("A.example"))))
        .isEqualByComparingTo(new QuestionKey(Question.ofText(name("a.EXAMPLE"))));
  }

  @Test
  void manyQuestionsOfOneHashCodeAreFoundQuickly() {
    List<DomainName> names = SameHash.names(BITS);
    Assertions.assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          Map<QuestionKey, DomainName> map = new ConcurrentHashMap<>();
          names.forEach(name -> map.put(new QuestionKey(Question.ofText(name)), name));
          for (DomainName name : names) {
            assertThat(map.get(new QuestionKey(Question.ofText(name)))).isSameAs(name);
          }
        });
  }

  private static Question question(String name, int type, int flags, Optional<Edns> edns) {
    return new Question(name(name), type, new Manner.Dns(flags, edns));
  }

  private static DomainName name(String text) {
    return DomainName.parse(text).orElseThrow();
  }
}
