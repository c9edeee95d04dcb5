package firstanswer.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4Test {

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "255.255.255.255", "94.5.6.7"})
  void anAddressSurvivesTheWayToBytesAndBack(String text) {
    assertThat(Ipv4.toText(Ipv4.toBytes(text), 0)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "255.255.255.255", "94.5.6.7"})
  void dottedDecimalIsAnAddress(String text) {
    assertThat(Ipv4.isAddress(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.04",
        "1.2.3.",
        ".1.2.3",
        "a.b.c.d",
        "1.2.3.4 ",
        "-1.2.3.4",
        "1..2.3",
        "::1",
        "1111.1.1.1"
      })
  void anyOtherTextIsNoAddress(String text) {
    assertThat(Ipv4.isAddress(text)).isFalse();
  }
}
