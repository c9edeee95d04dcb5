package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.dns.message.Header;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.SIGRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

class QueryReaderTest {
  private static final String NAME = "wWw.eXample.org.";

  @Test
  void aPlainQueryHasNameTypeAndId() {
    ClientQuery query = Messages.received(Messages.query(NAME, Type.AAAA));
    assertThat(query.question().name()).hasToString("wWw.eXample.org");
    assertThat(query.question().type()).isEqualTo(Type.AAAA);
    assertThat(query.id()).isEqualTo(Messages.ID);
    assertThat(query.udpPayload()).isEqualTo(512);
    assertThat(manner(query).edns()).isEmpty();
  }

  @Test
  void signatureOfAQueryIsSeenBehindItsOptRecord() throws Exception {
    Message plain = Messages.withOpt(Messages.query(NAME, Type.A));
    assertThat(Messages.received(plain).isSigned()).isFalse();
    Message tsig = Messages.withOpt(Messages.query(NAME, Type.A));
    new TSIG(TSIG.HMAC_SHA256, Messages.name("key."), new byte[32]).apply(tsig, null);
    assertThat(Messages.received(tsig).isSigned()).isTrue();
    Message sig0 = Messages.query(NAME, Type.A);
    sig0.addRecord(
        new SIGRecord(
            Name.root,
            DClass.ANY,
            0,
            0,
            13,
            0,
            Instant.EPOCH,
            Instant.EPOCH,
            1,
            Name.root,
            new byte[64]),
        Section.ADDITIONAL);
    assertThat(Messages.received(sig0).isSigned()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "a.", "a\\.b.example.org.", "\\000\\255.example.org.", "*.org."})
  void aNameMayHoldAnyBytes(String name) {
    ClientQuery query = Messages.received(Messages.query(name, Type.A));
    assertThat(query.question().name().toWire()).isEqualTo(Messages.name(name).toWire());
  }

  @Test
  void aNameMayHave255Bytes() {
    ClientQuery query = Messages.received(Messages.query(Messages.LONGEST, Type.A));
    assertThat(query.question().name().toWire()).hasSize(255);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 28, 0, 64, 65, 127, 256, 257, 32769, 65280, 65535})
  void aQueryMayAskForAnyType(int type) {
    Message query = Messages.query(NAME, Type.A);
    byte[] bytes = query.toWire();
    Header.setWord(bytes, bytes.length - 4, type);
    assertThat(Messages.received(bytes).question().type()).isEqualTo(type);
  }

  static Stream<Arguments> flags() {
    return Stream.of(
        Arguments.of(new int[] {}, 0),
        Arguments.of(new int[] {Flags.RD}, 0x0100),
        Arguments.of(new int[] {Flags.AD}, 0x0020),
        Arguments.of(new int[] {Flags.CD}, 0x0010),
        Arguments.of(new int[] {Flags.RD, Flags.AD, Flags.CD}, 0x0130),
        Arguments.of(new int[] {Flags.AA, Flags.TC, Flags.RA}, 0));
  }

  @ParameterizedTest
  @MethodSource("flags")
  void ofTheFlagsRdAdAndCdAreKept(int[] set, int kept) {
    Message query = Messages.query(NAME, Type.A);
    query.getHeader().unsetFlag(Flags.RD);
    Arrays.stream(set).forEach(query.getHeader()::setFlag);
    assertThat(manner(Messages.received(query)).flags()).isEqualTo(kept);
  }

  @Test
  void ofEdnsDoAndEndToEndOptionsAreKept() {
    Message query =
        Messages.withDnssecOk(
            Messages.query(NAME, Type.A),
            option(10, 1, 2, 3, 4, 5, 6, 7, 8),
            option(65001, 7, 8),
            option(11),
            option(8, 0, 1, 0, 0),
            option(12, 0, 0, 0));
    Manner.Dns manner = manner(Messages.received(query));
    assertThat(manner.edns()).hasValueSatisfying(e -> assertThat(e.flags()).isEqualTo(0x8000));
    assertThat(manner.edns().orElseThrow().options())
        .containsExactly(0xfd, 0xe9, 0, 2, 7, 8, 0, 8, 0, 4, 0, 1, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({"0, 512", "511, 512", "512, 512", "1232, 1232", "4096, 4096", "65535, 65535"})
  void aPayloadSizeBelow512CountsAs512(int named, int taken) {
    Message query = Messages.query(NAME, Type.A);
    query.addRecord(new OPTRecord(named, 0, 0), Section.ADDITIONAL);
    assertThat(Messages.received(query).udpPayload()).isEqualTo(taken);
  }

  @Test
  void questionsWithTheSameAnswerAreEqual() {
    assertThat(question(q -> q)).isEqualTo(question(q -> q)).hasSameHashCodeAs(question(q -> q));
    assertThat(Messages.received(Messages.query("WWW.EXAMPLE.ORG.", Type.A)).question())
        .isEqualTo(Messages.received(Messages.query("www.example.org.", Type.A)).question())
        .hasSameHashCodeAs(
            Messages.received(Messages.query("www.example.org.", Type.A)).question());
    assertThat(question(q -> Messages.withOpt(q, option(10, 1, 2, 3, 4, 5, 6, 7, 8))))
        .isEqualTo(question(q -> Messages.withOpt(q, option(12, 0))));
  }

  @Test
  void questionsWhoseAnswersMayDifferAreNotEqual() {
    assertThat(
            Stream.of(
                question(q -> q),
                question(Messages::withOpt),
                question(Messages::withDnssecOk),
                question(q -> Messages.withOpt(q, option(65001, 1))),
                question(q -> Messages.withOpt(q, option(65001, 2))),
                question(q -> flag(q, Flags.CD)),
                question(q -> flag(q, Flags.AD)),
                Messages.received(Messages.query(NAME, Type.AAAA)).question(),
                Messages.received(Messages.query("example.org.", Type.A)).question(),
                Messages.received(Messages.query("www\\.example.org.", Type.A)).question()))
        .doesNotHaveDuplicates();
  }

  @Test
  void bytesTooShortForAHeaderAreNoQuery() {
    byte[] query = Messages.query(NAME, Type.A).toWire();
    for (int length = 0; length < 12; length++) {
      assertThat(QueryReader.read(Arrays.copyOf(query, length)))
          .isEqualTo(ClientMessage.NoQuery.NO_QUERY);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcode.QUERY, Opcode.NOTIFY, 15})
  void aResponseWithAnyOpcodeIsNoQuery(int opcode) {
    Message query = flag(Messages.query(NAME, Type.A), Flags.QR);
    query.getHeader().setOpcode(opcode);
    assertThat(QueryReader.read(query.toWire())).isEqualTo(ClientMessage.NoQuery.NO_QUERY);
  }

  @Test
  void readingChangesNoBytes() {
    for (int type : new int[] {Type.A, Type.ANY, Type.AXFR}) {
      byte[] query = Messages.withOpt(Messages.query(NAME, type), option(10, 1)).toWire();
      byte[] copy = query.clone();
      QueryReader.read(query);
      assertThat(query).isEqualTo(copy);
    }
  }

  private static Question question(UnaryOperator<Message> change) {
    return Messages.received(change.apply(Messages.query(NAME, Type.A))).question();
  }

  private static Message flag(Message message, int flag) {
    message.getHeader().setFlag(flag);
    return message;
  }

  private static Manner.Dns manner(ClientQuery query) {
    return (Manner.Dns) query.question().manner();
  }

  private static GenericEDNSOption option(int code, int... octets) {
    byte[] data = new byte[octets.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) octets[i];
    }
    return new GenericEDNSOption(code, data);
  }
}
