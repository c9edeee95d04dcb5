package firstanswer.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.testing.Asks;
import firstanswer.tsproxy.TsProxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

class TextOrDnsProxyTest {
  private static final DomainName NAME = DomainName.parse("a.example").orElseThrow();

  private final TestInbox<TsProxy.Command> text = TestInbox.create();
  private final TestInbox<TsProxy.Command> dns = TestInbox.create();
  private final TestInbox<Answer> client = TestInbox.create();
  private final BehaviorTestKit<TsProxy.Command> proxy =
      BehaviorTestKit.create(TextOrDnsProxy.create(text.getRef(), dns.getRef()));

  @Test
  void aTextQuestionGoesToTheTextProxyAlone() {
    goesTo(text, dns, Question.ofText(NAME));
  }

  @Test
  void aDnsQuestionGoesToTheDnsProxyAlone() {
    goesTo(dns, text, new Question(NAME, Type.A, new Manner.Dns(0, Optional.empty())));
    goesTo(dns, text, new Question(NAME, Type.MX, new Manner.Dns(0x0100, Optional.empty())));
  }

  /** Each proxy is told to forget, and the one that was not asked knows no such ask. */
  private void goesTo(
      TestInbox<TsProxy.Command> one, TestInbox<TsProxy.Command> other, Question question) {
    TsProxy.Ask query = Asks.of(question, client.getRef());
    TsProxy.Forget forget = new TsProxy.Forget(query.id());
    proxy.run(query);
    proxy.run(forget);
    assertThat(one.receiveMessage()).isSameAs(query);
    assertThat(one.receiveMessage()).isSameAs(forget);
    assertThat(other.receiveMessage()).isSameAs(forget);
    assertThat(one.hasMessages() || other.hasMessages() || client.hasMessages()).isFalse();
  }
}
