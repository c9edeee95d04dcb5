package firstanswer.upstream.dns;

import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard;
import firstanswer.dns.message.RawMessage;
import firstanswer.upstream.health.Backoff;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The TCP side of an {@link Exchange}: one connection, opened when a query needs it, over which
 * queries follow each other without waiting for answers (RFC 7766 section 6.2.1).
 *
 * <p>Queries whose connection is lost go out over the next connection, until nobody waits for their
 * answers. If the lost connection brought an answer, the next one opens at once: some servers
 * answer few queries on a connection. So the next connection starts with as many queries as the
 * lost one answered, and each answer lets two more go out. If the lost connection brought nothing,
 * the next one opens after a pause, and the first query becomes the last, in case the server hangs
 * up because of this query.
 */
final class TcpFallback {
  private static final Duration MIN_PAUSE = Duration.ofMillis(100);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  private enum State {
    NO_CONNECTION,
    CONNECTING,
    CONNECTED,
    /** There is no connection until the pause is over. */
    PAUSING
  }

  private final Transactions transactions;
  private final Effects effects;
  private final ServerWatch watch;
  private final Supplier<InetSocketAddress> server;
  private final Backoff backoff;
  private State state = State.NO_CONNECTION;
  private int connection;
  private int heard;
  private long pauseEndsNanos;

  /** The transactions that are still to be sent over the connection. */
  private final Set<Transaction> unsent = new LinkedHashSet<>();

  /** The number of queries that the connection may take for now. */
  private int mayBeSent = Integer.MAX_VALUE;

  /**
   * Begins without a connection.
   *
   * @param effects takes the effects to carry out
   * @param watch the clock, which this class tells of each answer
   * @param server gives the address to connect to
   * @param jitter shortens the pauses
   */
  TcpFallback(
      Transactions transactions,
      Effects effects,
      ServerWatch watch,
      Supplier<InetSocketAddress> server,
      RandomGenerator jitter) {
    this.transactions = transactions;
    this.effects = effects;
    this.watch = watch;
    this.server = server;
    this.backoff = new Backoff(MIN_PAUSE, MAX_PAUSE, jitter);
  }

  /** Moves a transaction from UDP to TCP. */
  void take(Transaction transaction) {
    transactions.move(transaction, Channels.TCP);
    sendWhenConnected(transaction);
  }

  private void sendWhenConnected(Transaction transaction) {
    if (state == State.CONNECTED) {
      unsent.add(transaction);
      sendWhatMayBe();
    } else if (state == State.NO_CONNECTION) {
      connect();
    }
  }

  private void connect() {
    state = State.CONNECTING;
    heard = 0;
    effects.add(new Effect.Connect(connection, server.get()));
  }

  private void sendWhatMayBe() {
    Iterator<Transaction> next = unsent.iterator();
    while (mayBeSent > 0 && next.hasNext()) {
      Transaction transaction = next.next();
      next.remove();
      if (transactions.isGoingOn(transaction)) {
        mayBeSent--;
        effects.add(new Effect.SendOverTcp(transaction.id(), transaction.query()));
      }
    }
  }

  /** The server has accepted connection {@code number}; an earlier connection does not matter. */
  void onConnected(int number) {
    if (number == connection) {
      state = State.CONNECTED;
      unsent.clear();
      unsent.addAll(transactions.overTcp());
      sendWhatMayBe();
    }
  }

  /** Connection {@code number} is gone; an earlier connection does not matter. */
  void onClosed(int number, String reason) {
    if (number != connection) {
      return;
    }
    connection++;
    state = State.NO_CONNECTION;
    if (!transactions.isAnyOverTcp()) {
      mayBeSent = Integer.MAX_VALUE;
    } else if (heard > 0) {
      mayBeSent = heard;
      connect();
    } else {
      pause(reason);
    }
  }

  private void pause(String reason) {
    state = State.PAUSING;
    mayBeSent = Integer.MAX_VALUE;
    pauseEndsNanos = watch.nowNanos() + backoff.next().toNanos();
    transactions.overTcp().forEach(transaction -> tellTrouble(transaction, reason));
    transactions.moveFirstOverTcpToTheEnd();
  }

  /** The server has another address: what goes on over TCP goes on over another connection. */
  void onMoved() {
    if (state == State.CONNECTING || state == State.CONNECTED) {
      connection++;
      effects.add(new Effect.Disconnect());
    }
    state = State.NO_CONNECTION;
    mayBeSent = Integer.MAX_VALUE;
    if (transactions.isAnyOverTcp()) {
      connect();
    }
  }

  /** Time has passed. */
  void onTick() {
    if (state == State.PAUSING && watch.nowNanos() >= pauseEndsNanos) {
      state = State.NO_CONNECTION;
      if (transactions.isAnyOverTcp()) {
        connect();
      }
    }
  }

  /** The query with {@code id} was not sent, because too many queries wait to be written. */
  void onBusy(int id) {
    transactions.find(Channels.TCP, id).ifPresent(t -> tellTrouble(t, "busy"));
  }

  private void tellTrouble(Transaction transaction, String reason) {
    Unheard trouble = new Unheard(Unheard.Cause.CUT, "TCP: " + reason);
    transactions.tellTrouble(transaction, trouble).ifPresent(effects::add);
  }

  /** The server has sent a message. */
  void onMessage(RawMessage message) {
    transactions.match(Channels.TCP, message).ifPresent(this::onAnswer);
    sendWhatMayBe();
  }

  private void onAnswer(Match match) {
    Answer answer = match.response().answer();
    heard++;
    mayBeSent += Math.min(2, Integer.MAX_VALUE - mayBeSent);
    backoff.reset();
    watch.onAnswerOverTcp(answer);
    if (match.response().rejectsEdns()) {
      transactions.dropEdns(match.transaction());
      sendWhenConnected(match.transaction());
    } else {
      transactions.settle(match.transaction(), answer).ifPresent(effects::add);
    }
  }
}
