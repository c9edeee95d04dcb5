package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import java.util.Arrays;
import java.util.HexFormat;
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
import org.xbill.DNS.HINFORecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class QueryReaderTest {
  private static final String NAME = "wWw.eXample.org.";

  @Test
  void readsNameTypeAndIdOfAPlainQuery() {
    DnsQuery query = Messages.received(Messages.query(NAME, Type.AAAA));
    assertThat(query.question().name()).hasToString("wWw.eXample.org");
    assertThat(query.question().type()).isEqualTo(Type.AAAA);
    assertThat(query.id()).isEqualTo(Messages.ID);
    assertThat(query.udpPayload()).isEqualTo(512);
    assertThat(manner(query).edns()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "a.", "a\\.b.example.org.", "\\000\\255.example.org.", "*.org."})
  void takesAnyName(String name) {
    DnsQuery query = Messages.received(Messages.query(name, Type.A));
    assertThat(query.question().name().toWire()).isEqualTo(Messages.name(name).toWire());
  }

  @Test
  void takesTheLongestName() {
    DnsQuery query = Messages.received(Messages.query(Messages.LONGEST, Type.A));
    assertThat(query.question().name().toWire()).hasSize(255);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 28, 0, 64, 65, 127, 256, 257, 32769, 65280, 65535})
  void takesDataOfAnyType(int type) {
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
  void keepsTheFlagsThatAreWishes(int[] set, int kept) {
    Message query = Messages.query(NAME, Type.A);
    query.getHeader().unsetFlag(Flags.RD);
    Arrays.stream(set).forEach(query.getHeader()::setFlag);
    assertThat(manner(Messages.received(query)).flags()).isEqualTo(kept);
  }

  @Test
  void keepsDnssecOkAndOptionsButThoseBetweenNeighbours() {
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
  void takesThePayloadSizeThatTheClientNamesButNoLessThanAllTake(int named, int taken) {
    Message query = Messages.query(NAME, Type.A);
    query.addRecord(new OPTRecord(named, 0, 0), Section.ADDITIONAL);
    assertThat(Messages.received(query).udpPayload()).isEqualTo(taken);
  }

  @Test
  void questionsAreEqualWhenOneAnswerServesBoth() {
    assertThat(question(q -> q)).isEqualTo(question(q -> q)).hasSameHashCodeAs(question(q -> q));
    assertThat(Messages.received(Messages.query("WWW.EXAMPLE.ORG.", Type.A)).question())
        .isEqualTo(Messages.received(Messages.query("www.example.org.", Type.A)).question())
        .hasSameHashCodeAs(
            Messages.received(Messages.query("www.example.org.", Type.A)).question());
    assertThat(question(q -> Messages.withOpt(q, option(10, 1, 2, 3, 4, 5, 6, 7, 8))))
        .isEqualTo(question(q -> Messages.withOpt(q, option(12, 0))));
  }

  @Test
  void questionsDifferWhenTheirAnswersMay() {
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
  void ignoresWhatIsTooShortForAHeader() {
    byte[] query = Messages.query(NAME, Type.A).toWire();
    for (int length = 0; length < 12; length++) {
      assertThat(QueryReader.read(Arrays.copyOf(query, length)))
          .isEqualTo(ClientMessage.Ignored.IGNORED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcode.QUERY, Opcode.NOTIFY, 15})
  void ignoresResponsesWhateverTheirOpcode(int opcode) {
    Message query = flag(Messages.query(NAME, Type.A), Flags.QR);
    query.getHeader().setOpcode(opcode);
    assertThat(QueryReader.read(query.toWire())).isEqualTo(ClientMessage.Ignored.IGNORED);
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcode.IQUERY, Opcode.STATUS, 3, Opcode.NOTIFY, Opcode.UPDATE, 6, 15})
  void otherOpcodesAreNotImplemented(int opcode) {
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
  void whatCannotBeReadIsAFormatErrorOfAHeaderOnly(String what, byte[] query) {
    byte[] response = answered(query);
    assertThat(response).as(what).hasSize(12);
    assertHeader(response, Rcode.FORMERR);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255})
  void toAnotherVersionOfEdnsItSaysItsOwn(int version) {
    Message query = Messages.query(NAME, Type.A);
    query.addRecord(new OPTRecord(4096, 0, version), Section.ADDITIONAL);
    Message response = Messages.parse(answered(query.toWire()));
    assertThat(response.getRcode()).isEqualTo(Rcode.BADVERS);
    assertThat(response.getOPT().getVersion()).isZero();
    assertEchoes(query);
  }

  /** The data of the OPT record are in hexadecimal digits. */
  @ParameterizedTest
  @ValueSource(strings = {"00", "000800", "fde90001", "fde900020708000a0009aabb", "000b0000ff"})
  void optionsThatAreNotWholeAreAFormatErrorToldWithEdns(String options) {
    byte[] query = optionsAre(options, 0);
    byte[] response = answered(query);
    assertHeader(response, Rcode.FORMERR);
    assertThat(Messages.parse(response).getOPT().getVersion()).isZero();
    assertThat(Messages.parse(response).getOPT().getOptions()).isEmpty();
    assertThat(Messages.parse(response).getQuestion().getName()).hasToString(NAME);
    assertThat(Messages.parse(answered(optionsAre(options, 1))).getRcode())
        .isEqualTo(Rcode.BADVERS);
  }

  private static byte[] optionsAre(String options, int version) {
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
  void otherClassesAreRefused(int dclass) {
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
  void transfersAndOtherTypesThatAreNoDataAreNotImplemented(int type) {
    byte[] query = Messages.query(NAME, Type.A).toWire();
    Header.setWord(query, query.length - 4, type);
    byte[] response = answered(query);
    assertHeader(response, Rcode.NOTIMP);
    assertThat(from(response, 12)).isEqualTo(from(query, 12));
  }

  @Test
  void clientsWithEdnsGetEdnsAndTheOthersNone() {
    Message any = Messages.query(NAME, Type.ANY);
    assertThat(Messages.parse(answered(any.toWire())).getOPT()).isNull();
    OPTRecord opt = Messages.parse(answered(Messages.withDnssecOk(any).toWire())).getOPT();
    assertThat(opt.getVersion()).isZero();
    assertThat(opt.getFlags()).isEqualTo(0x8000);
    assertThat(opt.getOptions()).isEmpty();
  }

  @Test
  void leavesTheBytesAsTheyAre() {
    for (int type : new int[] {Type.A, Type.ANY, Type.AXFR}) {
      byte[] query = Messages.withOpt(Messages.query(NAME, type), option(10, 1)).toWire();
      byte[] copy = query.clone();
      QueryReader.read(query);
      assertThat(query).isEqualTo(copy);
    }
  }

  private static void assertHeader(byte[] response, int rcode) {
    Message parsed = Messages.parse(response);
    assertThat(parsed.getHeader().getID()).isEqualTo(Messages.ID);
    assertThat(parsed.getHeader().getFlag(Flags.QR)).isTrue();
    assertThat(parsed.getHeader().getFlag(Flags.RD)).isTrue();
    assertThat(parsed.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(parsed.getHeader().getRcode()).isEqualTo(rcode);
  }

  /** The response repeats the question byte for byte, in the case of the client. */
  private static void assertEchoes(Message query) {
    byte[] bytes = query.toWire();
    int end = 12 + Messages.name(NAME).length() + 4;
    assertThat(Arrays.copyOfRange(answered(bytes), 12, end))
        .isEqualTo(Arrays.copyOfRange(bytes, 12, end));
  }

  private static byte[] answered(byte[] query) {
    ClientMessage received = QueryReader.read(query);
    assertThat(received).isInstanceOf(ClientMessage.Answered.class);
    return ((ClientMessage.Answered) received).response().bytes();
  }

  private static Question question(UnaryOperator<Message> change) {
    return Messages.received(change.apply(Messages.query(NAME, Type.A))).question();
  }

  private static Message flag(Message message, int flag) {
    message.getHeader().setFlag(flag);
    return message;
  }

  private static Manner.Dns manner(DnsQuery query) {
    return (Manner.Dns) query.question().manner();
  }

  private static byte[] with(byte[] bytes, int at, int octet) {
    byte[] copy = bytes.clone();
    copy[at] = (byte) octet;
    return copy;
  }

  private static byte[] from(byte[] bytes, int at) {
    return Arrays.copyOfRange(bytes, at, bytes.length);
  }

  private static GenericEDNSOption option(int code, int... octets) {
    byte[] data = new byte[octets.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) octets[i];
    }
    return new GenericEDNSOption(code, data);
  }
}
