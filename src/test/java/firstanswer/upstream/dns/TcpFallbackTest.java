package firstanswer.upstream.dns;

import static firstanswer.upstream.dns.ExchangeFixture.SERVER;
import static firstanswer.upstream.dns.ExchangeFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.dns.Answer;
import firstanswer.tsproxy.TsProxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcpFallbackTest {
  private final Transactions transactions = new Transactions(10, new RandomIds());
  private final Effects effects = new Effects();
  private final TcpFallback fallback = new TcpFallback(transactions, effects, () -> SERVER);

  @Test
  void aQueryThatMeetsAClosingConnectionGoesOverTheNext() {
    Transaction first = take();
    assertThat(effects.take()).containsExactly(new Effect.Connect(0, SERVER));
    fallback.onConnected(0);
    assertThat(effects.take()).containsExactly(sent(first));
    // The connection is closing, so the world drops this query.
    Transaction second = take();
    assertThat(effects.take()).containsExactly(sent(second));
    fallback.onClosed(0, "gone");
    assertThat(effects.take()).containsExactly(new Effect.Connect(1, SERVER));
    fallback.onConnected(1);
    assertThat(effects.take()).containsExactly(sent(first), sent(second));
  }

  @Test
  void queriesThatLoseTwoConnectionsFail() {
    List<TsProxy.Ask> asks = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      asks.add(take().asker().orElseThrow());
    }
    fallback.onClosed(0, "gone");
    assertThat(effects.take())
        .containsExactly(new Effect.Connect(0, SERVER), new Effect.Connect(1, SERVER));
    fallback.onClosed(1, "gone again");
    assertThat(effects.take())
        .containsExactly(failed(asks.get(0), "gone again"), failed(asks.get(1), "gone again"));
    assertThat(transactions.size()).isZero();
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
  void aQueryThatMeetsABusyConnectionFails() {
    Transaction busy = take();
    Transaction other = take();
    fallback.onConnected(0);
    effects.take();
    fallback.onBusy(busy.id());
    fallback.onBusy(busy.id());
    assertThat(effects.take()).containsExactly(failed(busy.asker().orElseThrow(), "busy"));
    assertThat(transactions.overTcp()).containsExactly(other);
  }

  private Transaction take() {
    Transaction transaction = transactions.begin(ask("a.example"), 1).orElseThrow();
    fallback.take(transaction);
    return transaction;
  }

  private static Effect sent(Transaction transaction) {
    return new Effect.SendOverTcp(transaction.id(), transaction.query());
  }

  private static Effect failed(TsProxy.Ask ask, String reason) {
    return new Effect.Reply(ask, new Answer.Unheard(Answer.Unheard.Cause.CUT, "TCP: " + reason));
  }
}
