package firstanswer.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {
  private static final String LABEL_63 = "a".repeat(63);

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "example.org", "GOOGLE.com", "1.2", "x-y.z", "_dmarc.example.org", "a."})
  void takesHostNames(String text) {
    assertThat(DomainName.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ".a",
        "a..b",
        "a.b..",
        "-a",
        "a-",
        "a.-b.c",
        "a b",
        "a\tb",
        "a\u0000b",
        "b\u00fccher.example",
        "a/b",
        "a:b",
        "ERROR not",
        "*"
      })
  void refusesWhatIsNone(String text) {
    assertThat(DomainName.parse(text)).isEmpty();
  }

  @Test
  void keepsToTheLimitsOfLabelsAndNames() {
    String longest = LABEL_63 + "." + LABEL_63 + "." + LABEL_63 + "." + "a".repeat(61);
    assertThat(longest).hasSize(253);
    assertThat(DomainName.parse(longest)).isPresent();
    assertThat(DomainName.parse(longest + "a")).isEmpty();
    assertThat(DomainName.parse(LABEL_63 + "a")).isEmpty();
  }

  @Test
  void ignoresCaseAndAFinalDotButKeepsTheSpelling() {
    DomainName written = DomainName.parse("WWW.Example.org.").orElseThrow();
    DomainName lower = DomainName.parse("www.example.ORG").orElseThrow();
    assertThat(written).isEqualTo(lower).hasSameHashCodeAs(lower);
    assertThat(written).hasToString("WWW.Example.org");
    assertThat(written.key()).isEqualTo("www.example.org");
    assertThat(written).isNotEqualTo(DomainName.parse("example.org").orElseThrow());
  }
}
