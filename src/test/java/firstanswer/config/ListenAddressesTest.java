package firstanswer.config;

import static firstanswer.config.TestFile.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks lists of addresses to listen at, and upstreams that are at such addresses. */
class ListenAddressesTest {
  private TestFile file;

  @BeforeEach
  void start(@TempDir Path folder) {
    file = TestFile.in(folder);
  }

  @Test
  void aListenerMayHaveSeveralAddresses() throws Exception {
    Settings settings =
        file.read(
            BASE.formatted("[ls, ts1]")
                + """
                firstanswer {
                  ls { text = ["127.0.0.1:5350", "[::1]:5350"], dns = ["192.0.2.1:53"] }
                  ts.ts1 { text = off, dns = ["localhost:0", "[::]:0"] }
                }
                """);
    LoadBalancerSettings ls = settings.loadBalancer().orElseThrow();
    assertThat(ls.text())
        .containsExactly(new HostPort("127.0.0.1", 5350), new HostPort("::1", 5350));
    assertThat(ls.dns()).containsExactly(new HostPort("192.0.2.1", 53));
    assertThat(settings.tableServers().get(0).text()).isEmpty();
    assertThat(settings.tableServers().get(0).dns())
        .containsExactly(new HostPort("localhost", 0), new HostPort("::", 0));
  }

  @Test
  void aTableServerElsewhereIsReachedAtItsFirstSingleAddress() throws Exception {
    String servers =
        "firstanswer { ts.ts1.dns = [\"0.0.0.0:5\", \"192.0.2.1:6\"], ls.upstreams = [ts1] }";
    assertThat(file.read(BASE.formatted("[ls]") + servers).loadBalancer().orElseThrow().upstreams())
        .extracting(UpstreamSettings::address)
        .containsExactly(new UpstreamAddress.Dns("ts1", new HostPort("192.0.2.1", 6)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dns://0.0.0.0 | dns://0.0.0.0 is at 0.0.0.0:53, which stands for every address of a host; expected",
        "dns://[::]:53 | dns://[::]:53 is at [::]:53, which stands for every address",
        "dns://0:53 | dns://0:53 is at 0:53, which stands for every address",
        "text://0.0.0.0:5350 | text://0.0.0.0:5350 is at 0.0.0.0:5350, which stands for every",
      })
  void anUpstreamAtAWildcardAddressIsAMistake(String upstream, String problem) throws Exception {
    assertThat(
            file.problems(
                BASE.formatted("[ls]") + "firstanswer.ls.upstreams = [\"" + upstream + "\"]"))
        .singleElement()
        .asString()
        .contains(problem);
  }

  @Test
  void aTableServerElsewhereAtNoSingleAddressIsAMistake() throws Exception {
    String ts = "firstanswer { ts.ts1.text = \"0.0.0.0:5\", ls.upstreams = [ts1] }";
    assertThat(file.problems(BASE.formatted("[ls]") + ts))
        .singleElement()
        .asString()
        .contains("ts1 is at 0.0.0.0:5, which stands for every address of a host");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1:1", "[::1]:2"})
  void anUpstreamThatIsOneOfOurListenersIsAMistake(String upstream) throws Exception {
    assertThat(
            file.problems(
                BASE.formatted("[ls]")
                    + "firstanswer.ls { dns = [\"127.0.0.1:1\", \"[::1]:2\"], upstreams = [\"dns://"
                    + upstream
                    + "\"] }"))
        .singleElement()
        .asString()
        .endsWith("is our own listener, ls.dns = " + upstream + "; queries would come back to us");
  }
}
