package firstanswer.race;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.DomainName;
import firstanswer.resolver.UpstreamId;
import firstanswer.testing.Upstreams;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldersTest {
  private static final UpstreamId HOLDER = Upstreams.id(1);

  private final Holders holders = new Holders(3);

  @Test
  void asManyNamesAreRememberedAsTheLimitSays() {
    learn("a");
    learn("b");
    learn("c");
    assertThat(holder("a")).contains(HOLDER);
    learn("d");
    assertThat(holder("b")).isEmpty();
    assertThat(holder("a")).contains(HOLDER);
  }

  @Test
  void holderIsForgottenForTheNamesAboveToo() {
    learn("www.example.org");
    assertThat(holder("org")).contains(HOLDER);
    holders.learn(name("www.example.org"), Upstreams.id(0), false);
    assertThat(holder("www.example.org")).isEmpty();
    assertThat(holder("org")).isEmpty();
  }

  @Test
  void holderThatAnswersAgainIsKept() {
    learn("www.example.org");
    holders.learn(name("www.example.org"), HOLDER, false);
    assertThat(holder("www.example.org")).contains(HOLDER);
  }

  private void learn(String name) {
    holders.learn(name(name), HOLDER, true);
  }

  private Optional<UpstreamId> holder(String name) {
    return holders.of(name(name));
  }

  private static DomainName name(String text) {
    return DomainName.parse(text).orElseThrow();
  }
}
