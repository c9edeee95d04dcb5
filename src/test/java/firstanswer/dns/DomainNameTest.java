package firstanswer.dns;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.SameHash;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

class DomainNameTest {
  private static final String LABEL_63 = "a".repeat(63);

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "example.org", "GOOGLE.com", "1.2", "x-y.z", "_dmarc.example.org", "a."})
  void aHostNameIsParsed(String text) {
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
  void textThatIsNoHostNameIsRefused(String text) {
    assertThat(DomainName.parse(text)).isEmpty();
  }

  @Test
  void aLabelHasAtMost63BytesAndANameAtMost253() {
    String longest = LABEL_63 + "." + LABEL_63 + "." + LABEL_63 + "." + "a".repeat(61);
    assertThat(longest).hasSize(253);
    assertThat(DomainName.parse(longest)).isPresent();
    assertThat(DomainName.parse(longest + "a")).isEmpty();
    assertThat(DomainName.parse(LABEL_63 + "a")).isEmpty();
  }

  @Test
  void caseAndAFinalDotDoNotMatterToEquality() {
    DomainName written = DomainName.parse("WWW.Example.org.").orElseThrow();
    DomainName lower = DomainName.parse("www.example.ORG").orElseThrow();
    assertThat(written).isEqualTo(lower).hasSameHashCodeAs(lower);
    assertThat(written).hasToString("WWW.Example.org");
    assertThat(written.key()).isEqualTo("www.example.org");
    assertThat(written).isNotEqualTo(DomainName.parse("example.org").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "www.Example.org",
        ".",
        "_dns._udp.example.org",
        "a\\.b.example.org",
        "two\\032words.example.org",
        "\\000\\255.example.org",
        "\\\\.\\$\\@\\(\\)\\;\\\".org"
      })
  void aNameSurvivesTheWayOverTheWire(String written) throws TextParseException {
    byte[] wire = Name.fromString(written, Name.root).toWire();
    DomainName name = DomainName.ofWire(wire, 0);
    assertThat(name).hasToString(written);
    assertThat(name.toWire()).isEqualTo(wire);
  }

  @Test
  void aNameWithABlankAndTheRootAreNoHostNames() throws TextParseException {
    assertThat(DomainName.ofWire(Name.fromString("a-b.Example.").toWire(), 0).isHostName())
        .isTrue();
    assertThat(DomainName.ofWire(Name.fromString("a b.example.").toWire(), 0).isHostName())
        .isFalse();
    assertThat(DomainName.ofWire(new byte[1], 0).isHostName()).isFalse();
  }

  @Test
  void aNameFromTheWireEqualsTheSameHostName() throws TextParseException {
    assertThat(DomainName.ofWire(Name.fromString("WWW.example.").toWire(), 0))
        .isEqualTo(DomainName.parse("www.example").orElseThrow());
  }

  @Test
  void namesAreInTheOrderOfTheirKeys() {
    DomainName name = DomainName.parse("b.Example").orElseThrow();
    assertThat(name).isEqualByComparingTo(DomainName.parse("B.example.").orElseThrow());
    assertThat(name).isGreaterThan(DomainName.parse("A.example").orElseThrow());
    assertThat(name).isLessThan(DomainName.parse("c.example").orElseThrow());
  }

  @Test
  void manyNamesOfOneHashCodeAreFoundQuickly() {
    List<DomainName> names = SameHash.names(15);
    assertThat(names).extracting(Object::hashCode).containsOnly(names.get(0).hashCode());
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          Set<DomainName> set = new LinkedHashSet<>(names);
          assertThat(set).hasSameSizeAs(names);
          names.forEach(set::remove);
          assertThat(set).isEmpty();
        });
  }

  @Test
  void everyOctetIsWrittenAsInMasterFiles() throws Exception {
    for (int octet = 0; octet < 256; octet++) {
      byte[] wire = {1, (byte) octet, 0};
      String written = DomainName.ofWire(wire, 0).toString();
      assertThat(Name.fromString(written, Name.root).toWire()).as(written).isEqualTo(wire);
    }
  }
}
