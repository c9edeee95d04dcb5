package firstanswer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.NumberedNames.Worth;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

class NumberedNamesTest {
  private final NumberedNames names = new NumberedNames(600);
  private final Message query = new Message(names.query(513));

  NumberedNamesTest() throws IOException {}

  @Test
  void onlyItsOwnAddressIsRight() throws IOException {
    assertThat(worth(Responses.positive(query, "10.0.2.1"))).isEqualTo(Worth.RIGHT);
    assertThat(worth(Responses.positive(query, "10.0.2.2"))).isEqualTo(Worth.WRONG);
    assertThat(worth(Responses.response(query, none -> {}).toWire())).isEqualTo(Worth.WRONG);
    assertThat(worth(Responses.failure(query, Rcode.NXDOMAIN))).isEqualTo(Worth.WRONG);
  }

  @Test
  void whoSaysThatItDoesNotKnowFails() throws IOException {
    assertThat(worth(Responses.failure(query, Rcode.SERVFAIL))).isEqualTo(Worth.FAILURE);
    assertThat(worth(Responses.failure(query, Rcode.REFUSED))).isEqualTo(Worth.FAILURE);
    assertThat(worth(Responses.truncated(query))).isEqualTo(Worth.FAILURE);
  }

  @Test
  void aZoneHoldsWhatItShould() {
    assertThat(names.zone(number -> number % 2 == 1))
        .contains("n513 A 10.0.2.1\n")
        .doesNotContain("n512 ");
  }

  private Worth worth(byte[] answer) throws IOException {
    return names.worth(513, answer);
  }
}
