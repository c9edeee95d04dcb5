package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A relayed message differs from the server's only in its id, the case of its question and its
 * hop-by-hop part of EDNS. The test builds the expected bytes without the codec.
 */
class RelayPropertyTest {
  private static final List<String> NAMES =
      List.of("www.Example.org.", "example.org.", "a.b.example.net.", "x\\.y.org.", ".");
  private static final List<Integer> HOP_BY_HOP = List.of(10, 11, 12);

  @Property(tries = 500)
  void aMessageIsRelayedUnchanged(
      @ForAll long seed, @ForAll boolean clientHasEdns, @ForAll boolean serverHasEdns) {
    Random random = new Random(seed);
    Message message = message(random, NAMES.get(random.nextInt(NAMES.size())));
    byte[] body = message.toWire();
    OPTRecord opt = opt(random, 3, 8, 10, 11, 12, 15, 65001);
    byte[] sent = serverHasEdns ? with(body, optBytes(opt, opt.getPayloadSize(), true)) : body;
    ClientQuery query = query(message, clientHasEdns, random.nextInt(0x10000));

    byte[] expected = body;
    if (clientHasEdns) {
      OPTRecord ours = serverHasEdns ? opt : new OPTRecord(1232, 0, 0, 0x8000);
      expected = with(body, optBytes(ours, 1232, false));
    }
    expected = forClient(expected, query);
    assertThat(relayed(query, sent)).isEqualTo(expected);
  }

  @Property(tries = 500)
  void anOptRecordAmongAdditionalRecordsIsReplaced(
      @ForAll long seed, @ForAll boolean clientHasEdns) {
    Random random = new Random(seed);
    Message message = message(random, NAMES.get(random.nextInt(NAMES.size())));
    // dnsjava parses the message below; in these options it accepts any bytes.
    OPTRecord opt = opt(random, 3, 12, 65001);
    Message sent = withOptInside(message, opt, random);
    ClientQuery query = query(message, clientHasEdns, random.nextInt(0x10000));

    Message relayed = Messages.parse(relayed(query, sent.toWire()));
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      assertThat(withoutOpt(relayed, section)).isEqualTo(withoutOpt(message, section));
    }
    // Records that keep the OPT record from moving are left out.
    List<String> kept = withoutOpt(relayed, Section.ADDITIONAL);
    assertThat(kept).isEqualTo(withoutOpt(message, Section.ADDITIONAL).subList(0, kept.size()));
    assertThat(relayed.getHeader().getID()).isEqualTo(query.id());
    if (clientHasEdns) {
      assertThat(relayed.getOPT().getPayloadSize()).isEqualTo(1232);
      assertThat(endToEnd(relayed.getOPT())).isEqualTo(endToEnd(opt));
      assertThat(relayed.getOPT().getFlags()).isEqualTo(opt.getFlags());
    }
  }

  @Property(tries = 500)
  void recordsBehindTheOptRecordMoveUp(@ForAll long seed, @ForAll boolean clientHasEdns) {
    Random random = new Random(seed);
    Message message = message(random, "www.example.org.");
    message.removeAllRecords(Section.ADDITIONAL);
    byte[] body = message.toWire();
    OPTRecord opt = opt(random, 3, 8, 10, 11, 12, 15, 65001);
    byte[] behind = Messages.a("www.example.org.", "192.0.2.1").toWire(Section.ADDITIONAL);
    byte[] sent = with(with(body, optBytes(opt, 4096, true)), behind);
    ClientQuery query = query(message, clientHasEdns, random.nextInt(0x10000));

    byte[] expected = with(body, behind);
    if (clientHasEdns) {
      expected = with(expected, optBytes(opt, 1232, false));
    }
    assertThat(relayed(query, sent)).isEqualTo(forClient(expected, query));
  }

  @Example
  void recordsBehindTheOptRecordThatArePointedToAreLeftOut() {
    Message message = Messages.response("www.example.org.", Type.A, 0, m -> {});
    Messages.withOpt(message);
    message.addRecord(Messages.a("new.example.net.", "192.0.2.1"), Section.ADDITIONAL);
    message.addRecord(Messages.a("new.example.net.", "192.0.2.2"), Section.ADDITIONAL);
    Message plain = Messages.parse(relayed(query(message, false, 7), message.toWire()));
    assertThat(plain.getSection(Section.ADDITIONAL)).isEmpty();
    Message relayed = Messages.parse(relayed(query(message, true, 7), message.toWire()));
    assertThat(withoutOpt(relayed, Section.ADDITIONAL)).isEmpty();
    assertThat(relayed.getOPT().getPayloadSize()).isEqualTo(1232);
  }

  /** The owner of an OPT record is the root, so a compressed root may point to it. */
  @Example
  void recordsThatPointToTheOwnerOfTheOptRecordAreLeftOut() {
    byte[] plain = Messages.response("www.example.org.", Type.A, 0, m -> {}).toWire();
    byte[] sent = with(plain, optBytes(new OPTRecord(1232, 0, 0), 1232, true));
    byte[] a = {(byte) 0xc0, (byte) plain.length, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 1, 2, 3, 4};
    ClientQuery query = query(Messages.parse(plain), false, 7);
    assertThat(relayed(query, with(sent, a))).isEqualTo(forClient(plain, query));
  }

  private static byte[] relayed(ClientQuery query, byte[] message) {
    byte[] copy = message.clone();
    byte[] relayed =
        ResponseWriter.write(
            query,
            new Answer.Positive(new Content.Message(message)),
            Optional.empty(),
            ResponseWriter.UNLIMITED,
            ResponseWriter.MAX_BYTES);
    assertThat(message).isEqualTo(copy);
    return relayed;
  }

  private static Message message(Random random, String name) {
    Message message = new Message(random.nextInt(0x10000));
    message.getHeader().setFlag(Flags.QR);
    for (int flag : new int[] {Flags.AA, Flags.RD, Flags.RA, Flags.AD, Flags.CD, Flags.TC}) {
      if (random.nextBoolean()) {
        message.getHeader().setFlag(flag);
      }
    }
    message.getHeader().setRcode(random.nextInt(16));
    message.addRecord(Record.newRecord(Messages.name(name), Type.A, DClass.IN), Section.QUESTION);
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
      for (int i = random.nextInt(5); i > 0; i--) {
        message.addRecord(record(random), section);
      }
    }
    return message;
  }

  private static Record record(Random random) {
    String owner = NAMES.get(random.nextInt(NAMES.size()));
    String name = "ns" + random.nextInt(3) + ".example.org.";
    String[][] data = {
      {"A", "192.0.2." + random.nextInt(256)},
      {"AAAA", "2001:db8::" + random.nextInt(10)},
      {"CNAME", name},
      {"NS", name},
      {"PTR", name},
      {"DNAME", name},
      {"MX", "10 " + name},
      {"SRV", "1 2 3 " + name},
      {"SOA", name + " " + name + " 1 2 3 4 5"},
      {"TXT", "\"a text\" \"\\255\\000\""},
      {"CAA", "0 issue \"ca.example.net\""},
      {"DS", "1 8 2 " + "AB".repeat(32)},
      {"HTTPS", "1 . alpn=h2"},
      {"NAPTR", "1 2 \"s\" \"x\" \"\" " + name},
      {"TYPE65280", "\\# 4 C00CC00C"},
      {"TYPE127", "\\# 0"},
    };
    String[] chosen = data[random.nextInt(data.length)];
    return Messages.record(owner, Type.value(chosen[0]), chosen[1]);
  }

  private static OPTRecord opt(Random random, int... codes) {
    List<EDNSOption> options = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      byte[] data = new byte[random.nextInt(20)];
      random.nextBytes(data);
      options.add(new GenericEDNSOption(codes[random.nextInt(codes.length)], data));
    }
    return new OPTRecord(512 + random.nextInt(60_000), 0, 0, random.nextInt(0x10000), options);
  }

  /** The same message with {@code opt} at a random place among the additional records. */
  private static Message withOptInside(Message message, OPTRecord opt, Random random) {
    Message copy = message.clone();
    List<Record> additionals = new ArrayList<>(message.getSection(Section.ADDITIONAL));
    copy.removeAllRecords(Section.ADDITIONAL);
    additionals.add(random.nextInt(additionals.size() + 1), opt);
    additionals.forEach(r -> copy.addRecord(r, Section.ADDITIONAL));
    return copy;
  }

  private static List<String> withoutOpt(Message message, int section) {
    return message.getSection(section).stream()
        .filter(r -> r.getType() != Type.OPT)
        .map(r -> r.toString().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static List<String> endToEnd(OPTRecord opt) {
    return opt.getOptions().stream()
        .filter(o -> !HOP_BY_HOP.contains(o.getCode()))
        .map(EDNSOption::toString)
        .toList();
  }

  private static ClientQuery query(Message message, boolean edns, int id) {
    String name = message.getQuestion().getName().toString().toUpperCase(Locale.ROOT);
    Message query = Messages.query(name, Type.A);
    query.getHeader().setID(id);
    return Messages.received(edns ? Messages.withDnssecOk(query) : query);
  }

  private static byte[] forClient(byte[] message, ClientQuery query) {
    byte[] copy = message.clone();
    copy[0] = (byte) (query.id() >> 8);
    copy[1] = (byte) query.id();
    for (int i = 12; i < query.questionEnd() - 4; i++) {
      copy[i] = copy[i] >= 'a' && copy[i] <= 'z' ? (byte) (copy[i] - 32) : copy[i];
    }
    return copy;
  }

  /** An OPT record (RFC 6891 section 6.1.2) with all options, or without hop-by-hop ones. */
  private static byte[] optBytes(OPTRecord opt, int payload, boolean all) {
    ByteArrayOutputStream options = new ByteArrayOutputStream();
    for (EDNSOption option : opt.getOptions()) {
      if (all || !HOP_BY_HOP.contains(option.getCode())) {
        options.writeBytes(option.toWire());
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int word : new int[] {0x29, payload, 0, opt.getFlags(), options.size()}) {
      bytes.write(word >> 8);
      bytes.write(word);
    }
    byte[] rest = bytes.toByteArray();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(0);
    whole.writeBytes(rest);
    whole.writeBytes(options.toByteArray());
    return whole.toByteArray();
  }

  private static byte[] with(byte[] message, byte[] opt) {
    byte[] bytes = Arrays.copyOf(message, message.length + opt.length);
    System.arraycopy(opt, 0, bytes, message.length, opt.length);
    bytes[11]++;
    return bytes;
  }
}
