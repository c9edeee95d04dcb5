package firstanswer.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.codec.wire.ClientMessage;
import firstanswer.codec.wire.Messages;
import firstanswer.codec.wire.QueryReader;
import firstanswer.dns.message.Header;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.HINFORecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ImmediateResponseTest {
  private static final String NAME = "wWw.eXample.org.";

  @ParameterizedTest
  @ValueSource(ints = {1, 28, 0, 64, 65, 127, 256, 257, 32769, 65280, 65535})
  void aQueryForDataOfAnyTypeIsResolved(int type) {
    byte[] query = Messages.query(NAME, Type.A).toWire();
    Header.setWord(query, query.length - 4, type);
    assertThat(ImmediateResponse.to(QueryReader.read(query))).isEmpty();
  }

  @Test
  void somethingOtherThanAQueryGetsNoResponse() {
    assertThat(ImmediateResponse.to(ClientMessage.NoQuery.NO_QUERY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcode.IQUERY, Opcode.STATUS, 3, Opcode.NOTIFY, Opcode.UPDATE, 6, 15})
  void anotherOpcodeGetsNotimp(int opcode) {
    Message query = Messages.query(NAME, Type.A);
    query.getHeader().setOpcode(opcode);
    byte[] response = answered(query.toWire());
    assertThat(response).hasSize(12);
    assertThat(Messages.parse(response).getHeader().getOpcode()).isEqualTo(opcode);
    assertHeader(response, Rcode.NOTIMP);
  }

  static Stream<Arguments> malformed() {
    byte[] query = Messages.query(NAME, Type.A).toWire();
    Message two = Messages.query(NAME, Type.A);
    two.addRecord(Record.newRecord(Messages.name("b."), Type.A, DClass.IN), Section.QUESTION);
    Message twoOpts = Messages.withOpt(Messages.withOpt(Messages.query(NAME, Type.A)));
    Message optAsAnswer = Messages.query(NAME, Type.A);
    optAsAnswer.addRecord(new OPTRecord(4096, 0, 0), Section.ANSWER);
    byte[] namedOpt = Messages.withOpt(Messages.query(NAME, Type.A)).toWire();
    return Stream.of(
        Arguments.of("no question", Arrays.copyOf(with(query, 5, 0), 12)),
        Arguments.of("no question, but its bytes", with(query, 5, 0)),
        Arguments.of("two questions", two.toWire()),
        Arguments.of("the first of two questions only", with(query, 5, 2)),
        Arguments.of("65,535 questions", with(with(query, 4, 255), 5, 255)),
        Arguments.of("a header only", Arrays.copyOf(query, 12)),
        Arguments.of("half a question", Arrays.copyOf(query, query.length - 1)),
        Arguments.of("a byte too many", Arrays.copyOf(query, query.length + 1)),
        Arguments.of("a record that is not there", with(query, 11, 1)),
        Arguments.of("65,535 answers", with(with(query, 6, 255), 7, 255)),
        Arguments.of("a name that points to itself", with(with(query, 12, 0xc0), 13, 12)),
        Arguments.of("a name that points to the header", with(with(query, 12, 0xc0), 13, 0)),
        Arguments.of("a label of 64 bytes", with(query, 12, 64)),
        Arguments.of("a label of the reserved kind", with(query, 12, 0x80)),
        Arguments.of("a label beyond the end", with(query, 12, 63)),
        Arguments.of("two OPT records", twoOpts.toWire()),
        Arguments.of("an OPT record as an answer", optAsAnswer.toWire()),
        Arguments.of("a cut OPT record", Arrays.copyOf(namedOpt, namedOpt.length - 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void aMalformedQueryGetsAHeaderWithFormerr(String what, byte[] query) {
    byte[] response = answered(query);
    assertThat(response).as(what).hasSize(12);
    assertHeader(response, Rcode.FORMERR);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255})
  void anotherEdnsVersionGetsBadversAndOurVersion(int version) {
    Message query = Messages.query(NAME, Type.A);
    query.addRecord(new OPTRecord(4096, 0, version), Section.ADDITIONAL);
    Message response = Messages.parse(answered(query.toWire()));
    assertThat(response.getRcode()).isEqualTo(Rcode.BADVERS);
    assertThat(response.getOPT().getVersion()).isZero();
    assertEchoes(query);
  }

  /** The options are in hexadecimal digits. */
  @ParameterizedTest
  @ValueSource(strings = {"00", "000800", "fde90001", "fde900020708000a0009aabb", "000b0000ff"})
  void brokenOptionsGetFormerrAndAnOptRecord(String options) {
    byte[] query = withOptions(options, 0);
    byte[] response = answered(query);
    assertHeader(response, Rcode.FORMERR);
    assertThat(Messages.parse(response).getOPT().getVersion()).isZero();
    assertThat(Messages.parse(response).getOPT().getOptions()).isEmpty();
    assertThat(Messages.parse(response).getQuestion().getName()).hasToString(NAME);
    assertThat(Messages.parse(answered(withOptions(options, 1))).getRcode())
        .isEqualTo(Rcode.BADVERS);
  }

  private static byte[] withOptions(String options, int version) {
    Message query = Messages.query(NAME, Type.A);
    query.addRecord(new OPTRecord(4096, 0, version), Section.ADDITIONAL);
    byte[] data = HexFormat.of().parseHex(options);
    byte[] start = query.toWire();
    byte[] bytes = Arrays.copyOf(start, start.length + data.length);
    Header.setWord(bytes, start.length - 2, data.length);
    System.arraycopy(data, 0, bytes, start.length, data.length);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {DClass.CH, DClass.HS, DClass.NONE, DClass.ANY, 0})
  void anotherClassGetsRefused(int dclass) {
    byte[] query = Messages.query(NAME, Type.TXT).toWire();
    Header.setWord(query, query.length - 2, dclass);
    byte[] response = answered(query);
    assertHeader(response, Rcode.REFUSED);
    assertThat(from(response, 12)).isEqualTo(from(query, 12));
  }

  @Test
  void anyGetsOneSmallRecord() {
    Message query = Messages.query(NAME, Type.ANY);
    Message response = Messages.parse(answered(query.toWire()));
    assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(response.getSection(Section.ANSWER)).hasSize(1);
    HINFORecord record = (HINFORecord) response.getSection(Section.ANSWER).get(0);
    assertThat(record.getCPU()).isEqualTo("RFC8482");
    assertThat(record.getOS()).isEmpty();
    assertThat(record.getName()).isEqualTo(Messages.name(NAME));
    assertEchoes(query);
  }

  @ParameterizedTest
  @ValueSource(ints = {249, 250, 251, 252, 253, 254})
  void transfersAndOtherMetaTypesGetNotimp(int type) {
    byte[] query = Messages.query(NAME, Type.A).toWire();
    Header.setWord(query, query.length - 4, type);
    byte[] response = answered(query);
    assertHeader(response, Rcode.NOTIMP);
    assertThat(from(response, 12)).isEqualTo(from(query, 12));
  }

  @Test
  void onlyAClientWithEdnsGetsAnOptRecord() {
    Message any = Messages.query(NAME, Type.ANY);
    assertThat(Messages.parse(answered(any.toWire())).getOPT()).isNull();
    OPTRecord opt = Messages.parse(answered(Messages.withDnssecOk(any).toWire())).getOPT();
    assertThat(opt.getVersion()).isZero();
    assertThat(opt.getFlags()).isEqualTo(0x8000);
    assertThat(opt.getOptions()).isEmpty();
  }

  private static void assertHeader(byte[] response, int rcode) {
    Message parsed = Messages.parse(response);
    assertThat(parsed.getHeader().getID()).isEqualTo(Messages.ID);
    assertThat(parsed.getHeader().getFlag(Flags.QR)).isTrue();
    assertThat(parsed.getHeader().getFlag(Flags.RD)).isTrue();
    assertThat(parsed.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(parsed.getHeader().getRcode()).isEqualTo(rcode);
  }

  /** The response repeats the bytes of the question, in the case of the client. */
  private static void assertEchoes(Message query) {
    byte[] bytes = query.toWire();
    int end = 12 + Messages.name(NAME).length() + 4;
    assertThat(Arrays.copyOfRange(answered(bytes), 12, end))
        .isEqualTo(Arrays.copyOfRange(bytes, 12, end));
  }

  private static byte[] answered(byte[] query) {
    return ImmediateResponse.to(QueryReader.read(query)).orElseThrow();
  }

  private static byte[] with(byte[] bytes, int at, int octet) {
    byte[] copy = bytes.clone();
    copy[at] = (byte) octet;
    return copy;
  }

  private static byte[] from(byte[] bytes, int at) {
    return Arrays.copyOfRange(bytes, at, bytes.length);
  }
}
