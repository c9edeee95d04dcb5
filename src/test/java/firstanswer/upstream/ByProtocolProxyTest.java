package firstanswer.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import firstanswer.dns.Answer;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.resolver.Resolver;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

class ByProtocolProxyTest {
  private static final DomainName NAME = DomainName.parse("a.example").orElseThrow();

  private final TestInbox<Resolver.Command> text = TestInbox.create();
  private final TestInbox<Resolver.Command> dns = TestInbox.create();
  private final TestInbox<Answer> client = TestInbox.create();
  private final BehaviorTestKit<Resolver.Command> proxy =
      BehaviorTestKit.create(ByProtocolProxy.create(text.getRef(), dns.getRef()));

  @Test
  void aTextQuestionAndItsEndGoToTheTextProxyAlone() {
    goesTo(text, dns, Question.ofText(NAME));
  }

  @Test
  void aDnsQuestionAndItsEndGoToTheDnsProxyAlone() {
    goesTo(dns, text, new Question(NAME, Type.A, new Manner.Dns(0, Optional.empty())));
    goesTo(dns, text, new Question(NAME, Type.MX, new Manner.Dns(0x0100, Optional.empty())));
  }

  /** The very message, since a proxy knows what it was asked by its identity. */
  private void goesTo(
      TestInbox<Resolver.Command> one, TestInbox<Resolver.Command> other, Question question) {
    Resolver.Resolve query = new Resolver.Resolve(question, client.getRef());
    Resolver.Forget forget = new Resolver.Forget(query);
    proxy.run(query);
    proxy.run(forget);
    assertThat(one.receiveMessage()).isSameAs(query);
    assertThat(one.receiveMessage()).isSameAs(forget);
    assertThat(one.hasMessages() || other.hasMessages() || client.hasMessages()).isFalse();
  }
}
