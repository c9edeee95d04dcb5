package firstanswer.upstream.dns;

import static firstanswer.upstream.dns.ExchangeFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Edns;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.tsproxy.TsProxy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

class TransactionsTest {
  private static final int CHANNEL = 1;
  private static final int OTHER_CHANNEL = 256;
  private static final int OPT_BYTES = 11;
  private static final Answer ANSWER = Answer.Failure.UNREADABLE;

  private final Transactions transactions = new Transactions(10, new RandomIds());

  @Test
  void aTransactionIsFoundByChannelAndIdAndByAsk() {
    TsProxy.Ask ask = ask("a.example");
    Transaction begun = transactions.begin(ask, OTHER_CHANNEL).orElseThrow();
    assertThat(transactions.find(OTHER_CHANNEL, begun.id())).containsSame(begun);
    assertThat(transactions.of(ask.id())).containsSame(begun);
    assertThat(transactions.find(OTHER_CHANNEL, begun.id() ^ 1)).isEmpty();
    assertThat(transactions.find(CHANNEL, begun.id())).isEmpty();
    assertThat(transactions.find(Channels.TCP, begun.id())).isEmpty();
  }

  @Test
  void theSameQuestionAskedTwiceIsTwoTransactions() {
    TsProxy.Ask first = ask("a.example");
    TsProxy.Ask second = ask("a.example");
    assertThat(first.question()).isEqualTo(second.question());
    Transaction one = transactions.begin(first, CHANNEL).orElseThrow();
    Transaction two = transactions.begin(second, CHANNEL).orElseThrow();
    transactions.end(one);
    assertThat(transactions.of(first.id())).isEmpty();
    assertThat(transactions.of(second.id())).containsSame(two);
  }

  @Test
  void aSettledTransactionRepliesAndIsOver() {
    TsProxy.Ask ask = ask("a.example");
    Transaction settled = transactions.begin(ask, CHANNEL).orElseThrow();
    assertThat(transactions.settle(settled, ANSWER)).contains(new Effect.Reply(ask, ANSWER));
    assertThat(transactions.size()).isZero();
    assertThat(transactions.of(ask.id())).isEmpty();
    assertThat(transactions.find(CHANNEL, settled.id())).isEmpty();
  }

  @Test
  void aForgottenTransactionIsFoundByItsAnswerAndRepliesToNobody() {
    TsProxy.Ask ask = ask("a.example");
    Transaction forgotten = transactions.begin(ask, CHANNEL).orElseThrow();
    transactions.forget(forgotten);
    assertThat(transactions.size()).isZero();
    assertThat(transactions.of(ask.id())).isEmpty();
    assertThat(transactions.find(CHANNEL, forgotten.id())).containsSame(forgotten);
    assertThat(transactions.settle(forgotten, ANSWER)).isEmpty();
    assertThat(transactions.find(CHANNEL, forgotten.id())).isEmpty();
  }

  @Test
  void troubleOfAChannelDoesNotConcernForgottenTransactions() {
    Transaction forgotten = transactions.begin(ask("a.example"), CHANNEL).orElseThrow();
    Transaction awaited = transactions.begin(ask("b.example"), CHANNEL).orElseThrow();
    transactions.begin(ask("c.example"), OTHER_CHANNEL);
    transactions.forget(forgotten);
    assertThat(transactions.over(CHANNEL)).containsExactly(awaited);
  }

  @Test
  void aProbeHasNoAskerAndIsFoundByItsAnswer() {
    Transaction probe = transactions.beginProbe(CHANNEL).orElseThrow();
    assertThat(transactions.size()).isZero();
    assertThat(transactions.find(CHANNEL, probe.id())).containsSame(probe);
    assertThat(transactions.settle(probe, ANSWER)).isEmpty();
  }

  @Test
  void moreThanHalfTheLimitUnawaitedIsTooMany() {
    for (int i = 0; i < 5; i++) {
      transactions.beginProbe(CHANNEL);
    }
    assertThat(transactions.hasTooManyUnawaited()).isFalse();
    transactions.beginProbe(CHANNEL);
    assertThat(transactions.hasTooManyUnawaited()).isTrue();
  }

  @Test
  void aMovedTransactionIsFoundAtItsNewPlaceOnly() {
    TsProxy.Ask ask = ask("a.example");
    Transaction moved = transactions.begin(ask, CHANNEL).orElseThrow();
    int before = moved.id();
    byte[] query = moved.query().bytes();
    transactions.move(moved, Channels.TCP);
    assertThat(transactions.find(CHANNEL, before)).isEmpty();
    assertThat(transactions.find(Channels.TCP, moved.id())).containsSame(moved);
    assertThat(transactions.of(ask.id())).containsSame(moved);
    assertThat(transactions.overTcp()).containsExactly(moved);
    byte[] after = moved.query().bytes();
    assertThat((after[0] & 0xff) << 8 | (after[1] & 0xff)).isEqualTo(moved.id());
    assertThat(after).endsWith(Arrays.copyOfRange(query, 2, query.length));
  }

  @Test
  void aQueryWithoutEdnsGoesOnUnderAnotherIdOnItsChannel() {
    Manner edns = new Manner.Dns(0, Optional.of(new Edns(0, new byte[0])));
    Question question = new Question(DomainName.parse("a.example").orElseThrow(), Type.A, edns);
    Transaction plain = transactions.begin(ask(question), CHANNEL).orElseThrow();
    int before = plain.id();
    int length = plain.query().bytes().length;
    transactions.dropEdns(plain);
    assertThat(plain.id()).isNotEqualTo(before);
    assertThat(transactions.find(CHANNEL, before)).isEmpty();
    assertThat(transactions.find(CHANNEL, plain.id())).containsSame(plain);
    assertThat(plain.query().bytes()).hasSize(length - OPT_BYTES);
  }

  @Test
  void transactionsOverTcpKeepTheOrderOfTheirMove() {
    Transaction first = transactions.begin(ask("a.example"), CHANNEL).orElseThrow();
    Transaction second = transactions.begin(ask("a.example"), OTHER_CHANNEL).orElseThrow();
    assertThat(transactions.begin(ask("a.example"), CHANNEL)).isPresent();
    transactions.move(second, Channels.TCP);
    transactions.move(first, Channels.TCP);
    assertThat(transactions.overTcp()).containsExactly(second, first);
  }

  @Test
  void aTransactionOverTheLimitDoesNotBegin() {
    Transactions one = new Transactions(1, new RandomIds());
    Transaction only = one.begin(ask("a.example"), CHANNEL).orElseThrow();
    assertThat(one.begin(ask("a.example"), OTHER_CHANNEL)).isEmpty();
    assertThat(one.beginProbe(OTHER_CHANNEL)).isEmpty();
    one.end(only);
    assertThat(one.begin(ask("a.example"), CHANNEL)).isPresent();
  }

  /** Free ids are found, and none is given twice, even when one channel is crowded. */
  @Test
  void idsOnAChannelAreAllDifferent() {
    Transactions many = new Transactions(Integer.MAX_VALUE, new RandomIds());
    Set<Integer> ids = new HashSet<>();
    Optional<Transaction> next = many.begin(ask("a.example"), CHANNEL);
    while (next.isPresent()) {
      assertThat(ids.add(next.get().id())).isTrue();
      next = many.begin(ask("a.example"), CHANNEL);
    }
    assertThat(ids).hasSize(32_768);
    assertThat(many.size()).isEqualTo(32_768);
  }
}
