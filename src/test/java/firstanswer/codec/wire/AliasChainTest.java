package firstanswer.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Negative.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class AliasChainTest {
  private static final String NAME = "www.example.org.";
  private static final Message QUERY = Messages.query(NAME, Type.A);
  private static final Record ALIAS = Messages.cname(NAME, "web.example.net.");
  private static final Record SECOND_ALIAS =
      Messages.cname("web.example.net.", "host.example.com.");
  private static final Record HOST = Messages.a("host.example.com.", "192.0.2.2");

  @Test
  void aChainIsFollowedInAnyOrderOfItsRecords() {
    List<Record> chain = Arrays.asList(ALIAS, SECOND_ALIAS, HOST);
    for (int[] order :
        new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
      List<Record> answers = Arrays.stream(order).mapToObj(chain::get).toList();
      assertThat(read(answers)).isInstanceOf(Answer.Positive.class);
    }
  }

  @Test
  void aLoopLeadsToNoRecord() {
    assertThat(kind(List.of(Messages.cname(NAME, NAME)))).isEqualTo(Kind.ALIAS);
    Record back = Messages.cname("web.example.net.", NAME);
    assertThat(kind(List.of(ALIAS, back))).isEqualTo(Kind.ALIAS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 11, 16})
  void aChainOfUpTo16AliasesIsFollowed(int aliases) {
    assertThat(read(chain(aliases))).isInstanceOf(Answer.Positive.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 100})
  void aLongerChainLeadsToNoRecord(int aliases) {
    assertThat(kind(chain(aliases))).isEqualTo(Kind.ALIAS);
  }

  @Test
  void anAliasThatIsNoNameIsUnreadable() {
    byte[] response = response(List.of(Messages.cname(NAME, ".")));
    response[response.length - 1] = 1;
    assertThat(failure(response).message()).isEmpty();
  }

  private static List<Record> chain(int aliases) {
    List<Record> chain = new ArrayList<>();
    String owner = NAME;
    for (int i = 0; i < aliases; i++) {
      String target = "alias" + i + ".example.net.";
      chain.add(Messages.cname(owner, target));
      owner = target;
    }
    chain.add(Messages.a(owner, "192.0.2.3"));
    Collections.reverse(chain);
    return chain;
  }

  private static byte[] response(List<Record> records) {
    return Messages.response(
            NAME, Type.A, Rcode.NOERROR, m -> records.forEach(r -> m.addRecord(r, Section.ANSWER)))
        .toWire();
  }

  private static Answer read(List<Record> records) {
    return Messages.answer(QUERY, response(records)).orElseThrow();
  }

  private static Kind kind(List<Record> records) {
    return ((Answer.Negative) read(records)).kind();
  }

  private static Answer.Failure failure(byte[] response) {
    return (Answer.Failure) Messages.answer(QUERY, response).orElseThrow();
  }
}
