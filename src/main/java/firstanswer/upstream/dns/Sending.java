package firstanswer.upstream.dns;

import firstanswer.config.DnsUpstreamSettings;
import firstanswer.dns.Answer.Unheard;
import firstanswer.tsproxy.TsProxy;
import java.util.Optional;

/** Sends queries over UDP, as many as {@link Flow} has room for. */
final class Sending {
  private final int maxPending;
  private final Route route;
  private final Transactions transactions;
  private final Flow flow;
  private final CaseRule caseRule;
  private final RandomIds ids;
  private final Effects effects;

  Sending(
      DnsUpstreamSettings settings,
      Route route,
      Transactions transactions,
      Flow flow,
      CaseRule caseRule,
      RandomIds ids,
      Effects effects) {
    this.maxPending = settings.maxPending();
    this.route = route;
    this.transactions = transactions;
    this.flow = flow;
    this.caseRule = caseRule;
    this.ids = ids;
    this.effects = effects;
  }

  /** Sends a new query if there is room now; queues it otherwise, or passes it at the limit. */
  void begin(TsProxy.Ask ask) {
    if (flow.takesNew()) {
      beginNow(ask);
    } else if (transactions.size() + flow.waiting() < maxPending) {
      flow.add(ask);
    } else {
      pass(ask, Unheard.Cause.OVER_BUDGET);
    }
  }

  /** Sends as many of the waiting queries as there is room for, unless no socket is open. */
  void sendWaiting() {
    if (!route.isOpen()) {
      return;
    }
    for (Optional<Transaction> next = flow.pollLost(); next.isPresent(); next = flow.pollLost()) {
      next.filter(transactions::isGoingOn).ifPresent(this::sendAgain);
    }
    for (Optional<TsProxy.Ask> next = flow.pollAsk(); next.isPresent(); next = flow.pollAsk()) {
      beginNow(next.get());
    }
  }

  private void beginNow(TsProxy.Ask ask) {
    transactions
        .begin(ask, route.channels().any())
        .ifPresentOrElse(this::sendFirst, () -> pass(ask, Unheard.Cause.OVER_BUDGET));
  }

  private void sendFirst(Transaction transaction) {
    if (caseRule.mixes()) {
      transaction.mixCase(ids::nextId);
    }
    send(transaction);
  }

  /** Replies to {@code ask} that this server is not asked, because of {@code cause}. */
  void pass(TsProxy.Ask ask, Unheard.Cause cause) {
    effects.add(new Effect.Reply(ask, new Unheard(cause)));
  }

  /**
   * Sends a query once more. If its socket has been replaced, another socket is used. A query that
   * seems lost gets another id the first time, so that an answer shows whether the first query or
   * the repetition was answered.
   */
  void sendAgain(Transaction transaction) {
    boolean isFirstLoss = transaction.seemedLost() && transaction.formerKeys().isEmpty();
    if (route.isOpen() && (isFirstLoss || !route.channels().isOpen(transaction.channel()))) {
      transactions.copy(transaction, route.channels().any());
    }
    send(transaction);
  }

  /** Sends a query over its channel. */
  void send(Transaction transaction) {
    flow.onSend(transaction);
    effects.add(new Effect.Send(transaction.channel(), transaction.query(), route.server()));
  }
}
