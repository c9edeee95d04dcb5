package firstanswer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessListTest {
  private static final List<String> NETWORKS =
      List.of("127.0.0.0/8", "192.0.2.64/26", "203.0.113.7", "::1", "2001:db8::/32", "fe80::/10");

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.255.255.255, true",
    "128.0.0.0, false",
    "192.0.2.63, false",
    "192.0.2.64, true",
    "192.0.2.127, true",
    "192.0.2.128, false",
    "203.0.113.7, true",
    "203.0.113.8, false",
    "::1, true",
    "::2, false",
    "2001:db8:1::5, true",
    "2001:db9::, false",
    "fe80::1, true",
    "::ffff:127.0.0.1, true",
  })
  void allowsWhoIsInOneOfTheNetworks(String address, boolean allowed) throws Exception {
    AccessList list = AccessList.parse(NETWORKS).orElseThrow();
    assertThat(list.allows(InetAddress.getByName(address))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "::"})
  void anyIsWhoeverAsks(String address) throws Exception {
    AccessList list = AccessList.parse(List.of("10.0.0.0/8", "any")).orElseThrow();
    assertThat(list.allows(InetAddress.getByName(address))).isTrue();
  }

  /** The same address on two interfaces, with the zone that the system adds. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void linkLocalClientIsAllowedInAnyZone(int zone) throws Exception {
    AccessList list = AccessList.parse(List.of("fe80::/10")).orElseThrow();
    byte[] bytes = InetAddress.getByName("fe80::1").getAddress();
    assertThat(list.allows(Inet6Address.getByAddress(null, bytes, zone))).isTrue();
    bytes[0] = 0x20;
    assertThat(list.allows(Inet6Address.getByAddress(null, bytes, zone))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "192.0.2.0/33",
        "192.0.2.256",
        "2001:db8::/129",
        "*",
        "10/8",
        "192.168/16",
        "192.168",
        "10",
        "/8",
        "192.0.2.*",
        "192.0.2.1-7",
        "010.0.0.0/8",
        "0x0a.0.0.0/8",
        "10.0.0.0/255.0.0.0",
        "fe80::1%eth0",
        "fe80::/10%1"
      })
  void textThatIsNoNetworkIsRefused(String text) {
    assertThat(AccessList.parse(List.of("127.0.0.1", text))).isEmpty();
    assertThat(AccessList.problem(text).orElseThrow()).startsWith("\"" + text + "\" is no network");
  }

  @ParameterizedTest
  @CsvSource({"192.168.1.5/16, 192.168.0.0/16", "2001:db8::1/32, 2001:db8::/32"})
  void addressWithAPrefixIsRefused(String text, String network) {
    assertThat(AccessList.parse(List.of(text))).isEmpty();
    assertThat(AccessList.problem(text).orElseThrow()).contains("in the network " + network + ";");
  }

  @ParameterizedTest
  @ValueSource(ints = 0)
  void anEmptyListIsRefused(int size) {
    assertThat(AccessList.parse(List.<String>of().subList(0, size))).isEmpty();
  }
}
