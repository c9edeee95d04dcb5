package firstanswer.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6Test {

  /** The examples of RFC 5952 section 4, and corner cases. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "1::",
        "2001:db8::1",
        "2001:db8:0:1:1:1:1:1",
        "2001:0:0:1::1",
        "2001:db8::1:0:0:1",
        "1:2:3:4:5:6:7:8",
        "::2:3:4:5:6:7:8",
        "abcd:ef01:2345:6789:abcd:ef01:2345:6789"
      })
  void anAddressIsWrittenAsRfc5952Recommends(String text) throws UnknownHostException {
    String expected =
        switch (text) {
          case "::2:3:4:5:6:7:8" -> "0:2:3:4:5:6:7:8";
          default -> text;
        };
    assertThat(Ipv6.toText(InetAddress.getByName(text).getAddress())).isEqualTo(expected);
  }

  @Property
  void theTextIsReadAsTheSameAddress(@ForAll @Size(16) byte[] octets) throws UnknownHostException {
    InetAddress read = InetAddress.getByName("[" + Ipv6.toText(octets) + "]");
    assertThat(read).isEqualTo(InetAddress.getByAddress(octets));
  }
}
