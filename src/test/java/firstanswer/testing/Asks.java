package firstanswer.testing;

import akka.actor.typed.ActorRef;
import firstanswer.congestion.Congestion;
import firstanswer.dns.Answer;
import firstanswer.dns.Question;
import firstanswer.tsproxy.TsProxy;
import java.util.concurrent.atomic.AtomicLong;

/** Asks with ids that no other ask of this process has. */
public final class Asks {
  private static final AtomicLong LAST = new AtomicLong();

  private Asks() {}

  public static TsProxy.Ask of(Question question, ActorRef<Answer> replyTo) {
    return new TsProxy.Ask(LAST.incrementAndGet(), question, new Congestion().begin(), replyTo);
  }
}
