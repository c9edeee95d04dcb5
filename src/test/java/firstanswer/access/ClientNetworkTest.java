package firstanswer.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "255.255.255.255, 255.255.255.254, false",
    "0.0.0.0, ::, false",
    "0.0.0.4, 0.0.0.0, false",
    "::ffff:192.0.2.1, 192.0.2.1, true",
    "::192.0.2.1, 192.0.2.1, false",
    "2001:db8::1, 2001:db8::2, true",
    "2001:db8::1, 2001:db8:0:ff:ffff:ffff:ffff:ffff, true",
    "2001:db8::1, 2001:db8:0:100::1, false",
    "2001:db8:0:4::, 2001:db8::, true",
    "ffff:ffff:ffff:ff00::, ffff:ffff:ffff:fe00::, false",
  })
  void networkIsAnIpv4AddressOrAnIpv6Household(String one, String other, boolean same)
      throws Exception {
    ClientNetwork first = ClientNetwork.of(InetAddress.getByName(one));
    ClientNetwork second = ClientNetwork.of(InetAddress.getByName(other));
    assertThat(first.equals(second)).isEqualTo(same);
    assertThat(first.compareTo(second) == 0).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "255.255.255.255, 255.255.255.255",
    "2001:db8:0:1ff::1, 2001:db8:0:100::/56",
    "::1, ::/56",
  })
  void networkIsWrittenInTheUsualNotation(String address, String text) throws Exception {
    assertThat(ClientNetwork.of(InetAddress.getByName(address))).hasToString(text);
  }
}
