package firstanswer.upstream.dns;

import static firstanswer.upstream.dns.ExchangeFixture.SERVER;
import static firstanswer.upstream.dns.ExchangeFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.config.DnsUpstreamSettings;
import firstanswer.config.HealthSettings;
import firstanswer.config.QuestionCase;
import firstanswer.dns.Answer;
import firstanswer.dns.message.RawMessage;
import firstanswer.tsproxy.TsProxy;
import firstanswer.upstream.dns.Effect.SendOverTcp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TcpFallbackTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Transactions transactions = new Transactions(10, new RandomIds());
  private final Effects effects = new Effects();
  private final ServerWatch watch =
      new ServerWatch(
          new DnsUpstreamSettings(
              1,
              10,
              LONG,
              LONG,
              LONG,
              LONG,
              LONG,
              new HealthSettings(9, LONG, LONG, LONG, 1),
              QuestionCase.KEPT),
          new Random(1),
          effects);
  private final TcpFallback fallback =
      new TcpFallback(transactions, effects, watch, () -> SERVER, new Random(1));

  @Test
  void aConnectionThatBroughtAnAnswerIsFollowedByAnotherAtOnce() {
    Transaction first = take();
    assertThat(effects.take()).containsExactly(new Effect.Connect(0, SERVER));
    fallback.onConnected(0);
    assertThat(effects.take()).containsExactly(sent(first));
    // The connection is closing, so the world drops this query.
    Transaction second = take();
    assertThat(effects.take()).containsExactly(sent(second));
    fallback.onMessage(new RawMessage(ExchangeFixture.positive(first.query())));
    effects.take();
    fallback.onClosed(0, "gone");
    assertThat(effects.take()).containsExactly(new Effect.Connect(1, SERVER));
    fallback.onConnected(1);
    assertThat(effects.take()).containsExactly(sent(second));
  }

  @Test
  void aConnectionThatBroughtNothingIsFollowedByAPauseAndAskersAreToldOnce() {
    List<TsProxy.Ask> asks = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      asks.add(take().asker().orElseThrow());
    }
    effects.take();
    fallback.onClosed(0, "gone");
    assertThat(effects.take())
        .containsExactly(trouble(asks.get(0), "gone"), trouble(asks.get(1), "gone"));
    fallback.onTick();
    assertThat(effects.take()).isEmpty();
    asks.forEach(transactions::addAgain);
    pass();
    assertThat(effects.take()).containsExactly(new Effect.Connect(1, SERVER));
    fallback.onClosed(1, "gone again");
    assertThat(effects.take()).isEmpty();
    assertThat(transactions.size()).isEqualTo(2);
  }

  @Test
  void theQueryThatStoodFirstOnALostConnectionStandsLast() {
    Transaction first = take();
    Transaction second = take();
    fallback.onClosed(0, "gone");
    pass();
    effects.take();
    fallback.onConnected(1);
    assertThat(effects.take()).containsExactly(sent(second), sent(first));
  }

  @Test
  void aServerThatAnswersOneQueryOnAConnectionAnswersAll() {
    for (int i = 0; i < 10; i++) {
      take();
    }
    for (int connection = 0; connection < 10; connection++) {
      fallback.onConnected(connection);
      SendOverTcp oldest =
          (SendOverTcp)
              effects.take().stream().filter(SendOverTcp.class::isInstance).findFirst().get();
      fallback.onMessage(new RawMessage(ExchangeFixture.positive(oldest.query())));
      fallback.onClosed(connection, "one a connection");
    }
    assertThat(transactions.size()).isZero();
  }

  @Test
  void nothingIsConnectedForQueriesThatAreForgotten() {
    Transaction forgotten = take();
    effects.take();
    fallback.onClosed(0, "gone");
    effects.take();
    transactions.end(forgotten);
    pass();
    assertThat(effects.take()).isEmpty();
    take();
    assertThat(effects.take()).containsExactly(new Effect.Connect(1, SERVER));
  }

  @Test
  void aServerThatMovesIsAskedOverAnotherConnection() {
    Transaction moved = take();
    fallback.onConnected(0);
    effects.take();
    fallback.onMoved();
    assertThat(effects.take())
        .containsExactly(new Effect.Disconnect(), new Effect.Connect(1, SERVER));
    fallback.onClosed(0, "closed by us");
    fallback.onConnected(1);
    assertThat(effects.take()).containsExactly(sent(moved));
  }

  @Test
  void aConnectionThatBroughtOnlyForeignMessagesIsFollowedByAPause() {
    take();
    fallback.onConnected(0);
    fallback.onMessage(new RawMessage(new byte[12]));
    effects.take();
    fallback.onClosed(0, "gone");
    assertThat(effects.take()).noneMatch(Effect.Connect.class::isInstance);
  }

  @Test
  void eventsOfAnOldConnectionChangeNothing() {
    take();
    fallback.onClosed(0, "gone");
    effects.take();
    fallback.onConnected(0);
    fallback.onClosed(0, "gone");
    assertThat(effects.take()).isEmpty();
    assertThat(transactions.size()).isEqualTo(1);
  }

  @Test
  void aQueryThatMeetsABusyConnectionWaitsForTheNext() {
    Transaction busy = take();
    TsProxy.Ask ask = busy.asker().orElseThrow();
    fallback.onConnected(0);
    effects.take();
    fallback.onBusy(busy.id());
    fallback.onBusy(busy.id());
    assertThat(effects.take()).containsExactly(trouble(ask, "busy"));
    assertThat(transactions.overTcp()).containsExactly(busy);
  }

  private void pass() {
    for (int i = 0; i < 2; i++) {
      watch.onTick();
      fallback.onTick();
    }
    effects.take().stream()
        .filter(effect -> !(effect instanceof Effect.HandleQueueFirst))
        .forEach(effects::add);
  }

  private Transaction take() {
    Transaction transaction = transactions.begin(ask("a.example"), 1).orElseThrow();
    fallback.take(transaction);
    return transaction;
  }

  private static Effect sent(Transaction transaction) {
    return new SendOverTcp(transaction.id(), transaction.query());
  }

  private static Effect trouble(TsProxy.Ask ask, String reason) {
    return new Effect.Reply(ask, new Answer.Unheard(Answer.Unheard.Cause.CUT, "TCP: " + reason));
  }
}
