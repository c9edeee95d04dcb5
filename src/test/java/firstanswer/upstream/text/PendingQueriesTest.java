package firstanswer.upstream.text;

import static firstanswer.upstream.text.PendingQueries.Delivery.DELIVERED;
import static firstanswer.upstream.text.PendingQueries.Delivery.FOREIGN;
import static firstanswer.upstream.text.PendingQueries.Delivery.LATE;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Question;
import firstanswer.testing.Asks;
import firstanswer.tsproxy.TsProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingQueriesTest {
  private static final Answer ANSWER = Answer.Positive.line("a.example 192.0.2.1 A IN");
  private static final DomainName A = name("a.example");
  private static final DomainName B = name("b.example");

  private final PendingQueries pending = new PendingQueries(3);
  private final TestInbox<Answer> one = TestInbox.create();
  private final TestInbox<Answer> other = TestInbox.create();

  @Test
  void anAnswerGoesToAllWhoWaitForItsNameAndToNobodyElse() {
    TestInbox<Answer> foreign = TestInbox.create();
    add(A, one.getRef());
    add(name("A.EXAMPLE"), other.getRef());
    add(B, foreign.getRef());
    assertThat(pending.deliver(A, ANSWER)).isEqualTo(DELIVERED);
    one.expectMessage(ANSWER);
    other.expectMessage(ANSWER);
    assertThat(foreign.hasMessages()).isFalse();
    assertThat(pending.size()).isEqualTo(1);
  }

  @Test
  void aSecondAnswerIsLateAndOneThatNobodyAskedForIsForeign() {
    add(A, one.getRef());
    pending.deliver(A, ANSWER);
    assertThat(pending.deliver(A, ANSWER)).isEqualTo(LATE);
    assertThat(pending.deliver(B, ANSWER)).isEqualTo(FOREIGN);
    assertThat(one.getAllReceived()).hasSize(1);
  }

  @Test
  void anAskerThatForgetsGetsNoAnswerAndTheOthersDo() {
    TsProxy.Ask first = ask(A, one.getRef());
    pending.add(first);
    add(A, other.getRef());
    pending.forget(first.id());
    assertThat(pending.size()).isEqualTo(1);
    assertThat(pending.deliver(A, ANSWER)).isEqualTo(DELIVERED);
    assertThat(one.hasMessages()).isFalse();
    other.expectMessage(ANSWER);
  }

  @Test
  void aNameThatAllHaveForgottenIsNotSentAndItsAnswerIsLate() {
    TsProxy.Ask first = ask(A, one.getRef());
    pending.add(first);
    add(B, one.getRef());
    pending.forget(first.id());
    pending.forget(first.id());
    pending.forget(ask(name("c.example"), one.getRef()).id());
    assertThat(pending.size()).isEqualTo(1);
    assertThat(sendAll()).containsExactly(B);
    assertThat(pending.deliver(A, ANSWER)).isEqualTo(LATE);
    assertThat(one.hasMessages()).isFalse();
  }

  @Test
  void aQueryOverTheLimitIsNotTaken() {
    assertThat(add(A, one.getRef())).isTrue();
    assertThat(add(A, one.getRef())).isTrue();
    assertThat(add(B, one.getRef())).isTrue();
    assertThat(add(name("c.example"), one.getRef())).isFalse();
    pending.deliver(A, ANSWER);
    assertThat(add(name("c.example"), one.getRef())).isTrue();
  }

  @Test
  void aSentNameIsSentAgainOnlyAfterTheConnectionIsLost() {
    add(A, one.getRef());
    add(B, one.getRef());
    assertThat(sendAll()).containsExactly(A, B);
    assertThat(sendAll()).isEmpty();
    pending.unsendAll();
    pending.deliver(A, ANSWER);
    assertThat(sendAll()).containsExactly(B);
  }

  @Test
  void aForgottenNameIsNotSentOnTheNextConnection() {
    TsProxy.Ask first = ask(A, one.getRef());
    pending.add(first);
    add(B, one.getRef());
    sendAll();
    pending.forget(first.id());
    pending.unsendAll();
    assertThat(sendAll()).containsExactly(B);
    pending.sendOnceMore();
    assertThat(sendAll()).containsExactly(B);
  }

  @Test
  void aNameToSendOnceMoreFollowsTheRestAndIsNotSentThrice() {
    add(A, one.getRef());
    assertThat(sendAll()).containsExactly(A);
    pending.sendOnceMore();
    add(B, one.getRef());
    assertThat(sendAll()).containsExactly(B, A);
    pending.deliver(B, ANSWER);
    assertThat(pending.hasSentOnce()).isFalse();
    pending.sendOnceMore();
    assertThat(sendAll()).isEmpty();
  }

  @Test
  void theOldestSettledNameIsForgotten() {
    DomainName first = name("host0.example");
    for (int i = 0; i < 5000; i++) {
      DomainName name = name("host" + i + ".example");
      add(name, one.getRef());
      pending.deliver(name, ANSWER);
    }
    assertThat(pending.deliver(first, ANSWER)).isEqualTo(FOREIGN);
    assertThat(pending.deliver(name("host4999.example"), ANSWER)).isEqualTo(LATE);
  }

  private boolean add(DomainName name, ActorRef<Answer> replyTo) {
    return pending.add(ask(name, replyTo));
  }

  private static TsProxy.Ask ask(DomainName name, ActorRef<Answer> replyTo) {
    return Asks.of(Question.ofText(name), replyTo);
  }

  private List<DomainName> sendAll() {
    List<DomainName> sent = new ArrayList<>();
    for (Optional<DomainName> next = pending.nextToSend();
        next.isPresent();
        next = pending.nextToSend()) {
      sent.add(next.get());
      pending.sent(next.get());
    }
    return sent;
  }

  private static DomainName name(String text) {
    return DomainName.parse(text).orElseThrow();
  }
}
