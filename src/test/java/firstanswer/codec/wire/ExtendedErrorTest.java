package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ExtendedErrorTest {
  private static final String NAME = "wWw.eXample.org.";
  private static final ClientQuery PLAIN = Messages.received(Messages.query(NAME, Type.A));
  private static final ClientQuery EDNS =
      Messages.received(Messages.withDnssecOk(Messages.query(NAME, Type.A)));
  private static final String WHO = "ts2 was silent for 4.5 s; ts1: NXDOMAIN";

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(Answer.Failure.SERVFAIL, ExtendedError.noReachableAuthority(WHO), 22, WHO),
        Arguments.of(
            Answer.Unheard.SILENT, ExtendedError.noReachableAuthority("silent"), 22, "silent"),
        Arguments.of(
            Answer.Failure.UNREADABLE, ExtendedError.networkError("unreadable"), 23, "unreadable"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void aQueryWithoutAnswerGetsServfailAndTheReason(
      Answer answer, ExtendedError why, int code, String text) {
    Message response = parsed(EDNS, answer, why);
    assertThat(response.getRcode()).isEqualTo(Rcode.SERVFAIL);
    List<EDNSOption> options = response.getOPT().getOptions();
    assertThat(options).hasSize(1);
    ExtendedErrorCodeOption error = (ExtendedErrorCodeOption) options.get(0);
    assertThat(error.getErrorCode()).isEqualTo(code);
    assertThat(error.getText()).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void aClientWithoutEdnsGetsNoReason(Answer answer, ExtendedError why) {
    Message response = parsed(PLAIN, answer, why);
    assertThat(response.getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(response.getSection(Section.ADDITIONAL)).isEmpty();
  }

  @Test
  void aReasonOfAnyLengthFitsBesideTheLongestName() {
    ClientQuery query =
        Messages.received(Messages.withOpt(Messages.query(Messages.LONGEST, Type.A)));
    for (String text : List.of("x".repeat(100_000), "\u00fc".repeat(300), "")) {
      for (ExtendedError why :
          List.of(ExtendedError.noReachableAuthority(text), ExtendedError.networkError(text))) {
        byte[] response =
            ResponseWriter.write(
                query, Answer.Failure.SERVFAIL, Optional.of(why), ResponseWriter.UNLIMITED, 512);
        assertThat(response).hasSizeLessThan(512);
        assertThat(Messages.parse(response).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(Messages.parse(response).getHeader().getFlag(Flags.TC)).isFalse();
      }
    }
  }

  @Test
  void theReasonOfAServerForItsFailureIsRelayed() {
    Message message = response(Rcode.SERVFAIL);
    message.addRecord(
        new OPTRecord(1232, 0, 0, 0, new ExtendedErrorCodeOption(6, "bogus")), Section.ADDITIONAL);
    Message response = Messages.parse(write(EDNS, failure(message)));
    assertThat(response.getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(response.getOPT().getOptions()).isEqualTo(message.getOPT().getOptions());
  }

  @Test
  void aReasonJoinsTheOptionsOfARelayedNo() {
    Message message = response(Rcode.NXDOMAIN);
    message.addRecord(Messages.soa("example.org."), Section.AUTHORITY);
    Messages.withOpt(message, new GenericEDNSOption(65001, new byte[] {1}));
    message.addRecord(Messages.a("ns.example.org.", "192.0.2.1"), Section.ADDITIONAL);
    Message response = parsed(EDNS, no(message), ExtendedError.noReachableAuthority(WHO));
    assertThat(response.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(response.getSection(Section.AUTHORITY)).hasSize(1);
    assertThat(response.getSection(Section.ADDITIONAL)).hasSize(2);
    assertThat(response.getOPT().getOptions())
        .containsExactly(
            new GenericEDNSOption(65001, new byte[] {1}), new ExtendedErrorCodeOption(22, WHO));
  }

  @Test
  void aReasonReplacesRecordsThatKeepTheOptRecordFromMoving() {
    Message message = response(Rcode.NXDOMAIN);
    Messages.withOpt(message);
    message.addRecord(Messages.a("new.example.net.", "192.0.2.1"), Section.ADDITIONAL);
    message.addRecord(Messages.a("new.example.net.", "192.0.2.2"), Section.ADDITIONAL);
    Message response = parsed(EDNS, no(message), ExtendedError.noReachableAuthority(WHO));
    assertThat(response.getSection(Section.ADDITIONAL)).hasSize(1);
    assertThat(response.getOPT().getOptions())
        .containsExactly(new ExtendedErrorCodeOption(22, WHO));
  }

  @Test
  void aReasonForARelayedNoNeedsNoOptRecordOfTheServer() {
    Message message = response(Rcode.NOERROR);
    ExtendedError why = ExtendedError.noReachableAuthority(WHO);
    assertThat(parsed(EDNS, no(message), why).getOPT().getOptions())
        .containsExactly(new ExtendedErrorCodeOption(22, WHO));
    assertThat(write(PLAIN, no(message))).isEqualTo(write(PLAIN, no(message), why));
  }

  @Test
  void everyRefusalHasItsReason() {
    assertThat(refusal(ResponseWriter.refused(EDNS))).isEqualTo(18);
    assertThat(refusal(ResponseWriter.busy(EDNS))).isZero();
    assertThat(refusal(ResponseWriter.notSigned(EDNS))).isEqualTo(21);
  }

  private static int refusal(byte[] bytes) {
    Message response = Messages.parse(bytes);
    assertThat(response.getRcode()).isEqualTo(Rcode.REFUSED);
    return ((ExtendedErrorCodeOption) response.getOPT().getOptions().get(0)).getErrorCode();
  }

  private static Message response(int rcode) {
    return Messages.response(NAME, Type.A, rcode, m -> {});
  }

  private static Answer no(Message message) {
    return new Answer.Negative(
        Answer.Negative.Kind.NXDOMAIN, Optional.of(new Content.Message(message.toWire())));
  }

  private static Answer failure(Message message) {
    return new Answer.Failure(
        new Answer.Failure.ByRcode(message.getRcode()),
        Optional.of(new Content.Message(message.toWire())));
  }

  private static Message parsed(ClientQuery query, Answer answer, ExtendedError why) {
    return Messages.parse(write(query, answer, why));
  }

  private static byte[] write(ClientQuery query, Answer answer, ExtendedError why) {
    return ResponseWriter.write(
        query, answer, Optional.of(why), ResponseWriter.UNLIMITED, ResponseWriter.MAX_BYTES);
  }

  private static byte[] write(ClientQuery query, Answer answer) {
    return ResponseWriter.write(
        query, answer, Optional.empty(), ResponseWriter.UNLIMITED, ResponseWriter.MAX_BYTES);
  }
}
