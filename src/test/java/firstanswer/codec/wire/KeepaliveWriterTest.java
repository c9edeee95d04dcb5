package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TcpKeepaliveOption;
import org.xbill.DNS.Type;

class KeepaliveWriterTest {
  private static final String NAME = "www.example.org.";
  private static final int OPTION_BYTES = 6;

  /** A pointer to the owner, type, class, TTL and data length. */
  private static final int FIXED_RECORD_BYTES = 12;

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
  void clientMayAskBehindOtherOptions() {
    GenericEDNSOption subnet = new GenericEDNSOption(65001, new byte[3]);
    Message query = Messages.query(NAME, Type.A);
    ClientQuery asking =
        Messages.received(Messages.withOpt(query, subnet, new TcpKeepaliveOption()));
    byte[] response = ResponseWriter.minimalAny(asking);
    assertThat(new KeepaliveWriter(Duration.ofSeconds(1)).write(asking, response))
        .hasSize(response.length + OPTION_BYTES);
  }

  @Test
  void responseThatWouldBecomeTooLongStaysAsItIs() {
    KeepaliveWriter writer = new KeepaliveWriter(Duration.ofSeconds(1));
    byte[] longest = response(ResponseWriter.MAX_BYTES - OPTION_BYTES);
    assertThat(writer.write(ASKING, longest)).hasSize(ResponseWriter.MAX_BYTES);
    byte[] tooLong = response(ResponseWriter.MAX_BYTES - OPTION_BYTES + 1);
    assertThat(writer.write(ASKING, tooLong)).isSameAs(tooLong);
  }

  /** A response of this length, with an OPT record at its end. */
  private static byte[] response(int length) {
    Message response = Messages.response(NAME, Type.A, Rcode.NOERROR, m -> {});
    int more = length - Messages.withOpt(response.clone()).toWire().length - FIXED_RECORD_BYTES;
    response.addRecord(
        Messages.record(NAME, 65280, "\\# " + more + " " + "00".repeat(more)), Section.ANSWER);
    byte[] bytes = Messages.withOpt(response).toWire();
    assertThat(bytes).hasSize(length);
    return bytes;
  }
}
