package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TcpKeepaliveOption;
import org.xbill.DNS.Type;

class KeepaliveWriterTest {
  private static final String NAME = "www.example.org.";
  private static final ClientQuery ASKING =
      Messages.received(Messages.withOpt(Messages.query(NAME, Type.A), new TcpKeepaliveOption()));

  @ParameterizedTest
  @CsvSource({"PT30S, 300", "PT0.05S, 0", "PT24H, 65535", "PT1H49M13.5S, 65535"})
  void timeoutIsInTenthsOfASecond(Duration idle, int tenths) {
    byte[] response = new KeepaliveWriter(idle).write(ASKING, ResponseWriter.minimalAny(ASKING));
    Message parsed = Messages.parse(response);
    assertThat(parsed.getSection(Section.ANSWER)).hasSize(1);
    assertThat(parsed.getOPT().getOptions())
        .containsExactly(new TcpKeepaliveOption(Duration.ofMillis(100L * tenths)));
  }

  @Test
  void otherOptionsOfTheResponseStay() {
    byte[] response =
        new KeepaliveWriter(Duration.ofSeconds(1)).write(ASKING, ResponseWriter.busy(ASKING));
    assertThat(Messages.parse(response).getOPT().getOptions()).hasSize(2);
    assertThat(Messages.parse(response).getRcode()).isEqualTo(Rcode.REFUSED);
  }

  @Test
  void clientThatDoesNotAskGetsItsResponseUnchanged() {
    ClientQuery other = Messages.received(Messages.withOpt(Messages.query(NAME, Type.A)));
    byte[] response = ResponseWriter.busy(other);
    assertThat(new KeepaliveWriter(Duration.ofSeconds(1)).write(other, response))
        .isSameAs(response);
  }

  @Test
  void responseWhoseOptRecordIsNotTheLastStaysAsItIs() {
    byte[] response =
        Messages.response(
                NAME,
                Type.A,
                Rcode.NOERROR,
                message -> {
                  message.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
                  message.addRecord(Messages.a("ns.example.org.", "192.0.2.1"), Section.ADDITIONAL);
                })
            .toWire();
    assertThat(new KeepaliveWriter(Duration.ofSeconds(1)).write(ASKING, response))
        .isSameAs(response);
  }

  @Test
  void responseThatWouldBecomeTooLongStaysAsItIs() {
    byte[] response = new byte[ResponseWriter.MAX_BYTES - 5];
    assertThat(new KeepaliveWriter(Duration.ofSeconds(1)).write(ASKING, response))
        .isSameAs(response);
  }
}
