package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.codec.wire.AddressReader.NamedAddress;
import firstanswer.dns.Content;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class AddressReaderTest {
  private static final String NAME = "www.example.org.";
  private static final Record ALIAS = Messages.cname(NAME, "web.example.net.");
  private static final Record WEB = Messages.a("web.example.net.", "192.0.2.2");

  @Test
  void theFirstOfSeveralAddressesIsTaken() {
    assertThat(read(Messages.a(NAME, "192.0.2.1"), Messages.a(NAME, "192.0.2.2")))
        .contains(new NamedAddress("www.example.org", "192.0.2.1"));
  }

  @Test
  void theNameHasTheSpellingOfTheServer() {
    assertThat(read("WWW.Example.ORG.", Messages.a(NAME, "192.0.2.1")))
        .contains(new NamedAddress("WWW.Example.ORG", "192.0.2.1"));
  }

  @Test
  void anAddressBehindAnAliasHasTheNameAskedFor() {
    NamedAddress expected = new NamedAddress("Www.example.org", "192.0.2.2");
    assertThat(read("Www.example.org.", ALIAS, WEB)).contains(expected);
    assertThat(read("Www.example.org.", WEB, ALIAS)).contains(expected);
  }

  @Test
  void anAddressOfAnotherNameIsNotTaken() {
    Record other = Messages.a("other.example.org.", "192.0.2.66");
    assertThat(read(other, Messages.a(NAME, "192.0.2.1")))
        .contains(new NamedAddress("www.example.org", "192.0.2.1"));
    assertThat(read(other, ALIAS, WEB)).contains(new NamedAddress("www.example.org", "192.0.2.2"));
    assertThat(read(other)).isEmpty();
    assertThat(read(ALIAS, other)).isEmpty();
  }

  @Test
  void aRecordThatDnsjavaCannotParseDoesNotMatter() {
    byte[] response =
        response(NAME, Messages.a(NAME, "192.0.2.1"), Messages.record(NAME, Type.TXT, "x"))
            .toWire();
    response[response.length - 2] = 77;
    assertThat(AddressReader.firstAddress(new Content.Message(response)))
        .contains(new NamedAddress("www.example.org", "192.0.2.1"));
  }

  @Test
  void anAddressOfThreeBytesIsNotTaken() {
    byte[] response = response(NAME, Messages.a(NAME, "192.0.2.1")).toWire();
    byte[] cut = Arrays.copyOf(response, response.length - 1);
    cut[cut.length - 4] = 3;
    assertThat(AddressReader.firstAddress(new Content.Message(cut))).isEmpty();
  }

  @Test
  void aMessageWithoutAnAddressHasNone() {
    assertThat(read()).isEmpty();
    assertThat(read(ALIAS)).isEmpty();
    assertThat(read(Messages.record(NAME, Type.AAAA, "2001:db8::1"))).isEmpty();
  }

  @Test
  void aCutMessageHasNoAddress() {
    byte[] whole = response(NAME, Messages.a(NAME, "192.0.2.1")).toWire();
    for (int length = 12; length < whole.length; length++) {
      Optional<Content.Message> cut = Content.Message.read(Arrays.copyOf(whole, length));
      assertThat(cut.flatMap(AddressReader::firstAddress)).isEmpty();
    }
  }

  private static Message response(String name, Record... answers) {
    return Messages.response(
        name,
        Type.A,
        Rcode.NOERROR,
        m -> Arrays.stream(answers).forEach(a -> m.addRecord(a, Section.ANSWER)));
  }

  private static Optional<NamedAddress> read(Record... answers) {
    return read(NAME, answers);
  }

  /** dnsjava compresses: owners point to the question, and so have its spelling. */
  private static Optional<NamedAddress> read(String name, Record... answers) {
    return AddressReader.firstAddress(new Content.Message(response(name, answers).toWire()));
  }
}
