package firstanswer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnListenerTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:53, 127.0.0.1:53",
    "127.0.0.1:53, localhost:53",
    "localhost:53, 127.0.0.1:53",
    "localhost:53, [::1]:53",
    "[::1]:53, [0:0:0:0:0:0:0:1]:53",
    "0.0.0.0:53, 127.0.0.1:53",
    "0.0.0.0:53, 127.0.0.2:53",
    "0.0.0.0:53, localhost:53",
    "[::]:53, [::1]:53",
    "192.0.2.1:53, 192.0.2.1:53",
    "dns.example:53, DNS.example:53",
  })
  void upstreamAtTheListenerIsOurs(String listener, String upstream) {
    assertThat(isReached(listener, upstream)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:53, 127.0.0.1:54",
    "127.0.0.1:53, 127.0.0.2:53",
    "127.0.0.1:53, [::1]:53",
    "127.0.0.1:53, 192.0.2.1:53",
    "127.0.0.1:53, dns.example:53",
    "0.0.0.0:53, 192.0.2.1:53",
    "0.0.0.0:53, dns.example:53",
    "192.0.2.1:53, 127.0.0.1:53",
  })
  void upstreamElsewhereIsNotOurs(String listener, String upstream) {
    assertThat(isReached(listener, upstream)).isFalse();
  }

  @Test
  void wildcardListensAtEveryAddressOfThisHost() throws Exception {
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress address : each.inetAddresses().toList()) {
        HostPort upstream = new HostPort(address.getHostAddress(), 53);
        assertThat(OwnListener.isReached(new HostPort("0.0.0.0", 53), upstream)).isTrue();
      }
    }
  }

  private static boolean isReached(String listener, String upstream) {
    return OwnListener.isReached(
        HostPort.parse(listener).orElseThrow(), HostPort.parse(upstream).orElseThrow());
  }
}
