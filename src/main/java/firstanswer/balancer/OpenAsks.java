package firstanswer.balancer;

import firstanswer.actor.Ask;
import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard;
import firstanswer.tsproxy.TsProxy;
import java.util.ArrayList;
import java.util.List;

/** The open asks of one query. Each holds a place in the budget of its upstream. */
final class OpenAsks {
  private record Open(Upstream upstream, Ask<Answer> ask) {}

  private final TsProxy.Forget forget;
  private final List<Upstream> places = new ArrayList<>(2);
  private final List<Open> open = new ArrayList<>(2);

  /** Begins without open asks; {@code query} is the number of the query. */
  OpenAsks(long query) {
    this.forget = new TsProxy.Forget(query);
  }

  /** Takes a place for an ask of {@code upstream} if its budget has one left. */
  boolean tryBegin(Upstream upstream) {
    if (!upstream.budget().tryTake()) {
      return false;
    }
    places.add(upstream);
    return true;
  }

  /** An ask of {@code upstream} is sent, perhaps once more. */
  void sent(Upstream upstream, Ask<Answer> ask) {
    remove(upstream);
    open.add(new Open(upstream, ask));
  }

  private void remove(Upstream upstream) {
    open.removeIf(each -> each.upstream().equals(upstream));
  }

  /** Ends the ask of {@code upstream}, if it is open, with {@code answer}. */
  void end(Upstream upstream, Answer answer) {
    if (answer instanceof Unheard unheard && unheard.cause().isTrouble()) {
      // The proxy goes on trying, so the ask keeps its place.
      return;
    }
    if (places.remove(upstream)) {
      upstream.budget().giveBack();
    }
    // The proxy of a silent upstream may still hold the ask, so forgetAll must tell it, too.
    if (!(answer instanceof Unheard unheard && unheard.cause() == Unheard.Cause.SILENT)) {
      remove(upstream);
    }
  }

  /** Tells every upstream that is still pending to forget the question. */
  void forgetAll() {
    for (Open each : open) {
      each.ask().giveUp(Unheard.SILENT);
      each.upstream().proxy().tell(forget);
    }
    open.clear();
    places.forEach(upstream -> upstream.budget().giveBack());
    places.clear();
  }
}
