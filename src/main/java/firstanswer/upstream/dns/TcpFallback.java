package firstanswer.upstream.dns;

import firstanswer.dns.Answer;
import firstanswer.dns.message.RawMessage;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * The TCP side of an {@link Exchange}: one connection, opened when a query needs it, over which
 * queries follow each other without waiting (RFC 7766 section 6.2.1). A query whose connection is
 * lost goes out over one more; when that is lost too, the query has failed.
 */
final class TcpFallback {
  private static final int MAX_CONNECTIONS_LOST = 2;

  private enum State {
    NO_CONNECTION,
    CONNECTING,
    CONNECTED
  }

  private final Transactions transactions;
  private final Effects effects;
  private final Supplier<InetSocketAddress> server;
  private State state = State.NO_CONNECTION;
  private int connection;

  /**
   * Begins without a connection.
   *
   * @param effects takes what is to be done
   * @param server where to connect to
   */
  TcpFallback(Transactions transactions, Effects effects, Supplier<InetSocketAddress> server) {
    this.transactions = transactions;
    this.effects = effects;
    this.server = server;
  }

  /** Moves a transaction from UDP to TCP. */
  void take(Transaction transaction) {
    transactions.move(transaction, Channels.TCP);
    sendWhenConnected(transaction);
  }

  private void sendWhenConnected(Transaction transaction) {
    if (state == State.CONNECTED) {
      send(transaction);
    } else {
      connect();
    }
  }

  private void connect() {
    if (state == State.NO_CONNECTION) {
      state = State.CONNECTING;
      effects.add(new Effect.Connect(connection, server.get()));
    }
  }

  private void send(Transaction transaction) {
    effects.add(new Effect.SendOverTcp(transaction.id(), transaction.query()));
  }

  /** The server has accepted the connection of that number; an earlier one no longer matters. */
  void onConnected(int number) {
    if (number == connection) {
      state = State.CONNECTED;
      transactions.overTcp().forEach(this::send);
    }
  }

  /** The connection of that number is gone; an earlier one no longer matters. */
  void onClosed(int number, String reason) {
    if (number == connection) {
      connection++;
      state = State.NO_CONNECTION;
      transactions.overTcp().forEach(transaction -> onLost(transaction, reason));
    }
  }

  private void onLost(Transaction transaction, String reason) {
    if (transaction.loseConnection() == MAX_CONNECTIONS_LOST) {
      fail(transaction, reason);
    } else {
      connect();
    }
  }

  /** Too many queries wait to be written to send that of the transaction with {@code id}. */
  void onBusy(int id) {
    transactions.find(Channels.TCP, id).ifPresent(transaction -> fail(transaction, "busy"));
  }

  private void fail(Transaction transaction, String reason) {
    settle(transaction, new Answer.Unheard(Answer.Unheard.Cause.CUT, "TCP: " + reason));
  }

  private void settle(Transaction transaction, Answer answer) {
    transactions.settle(transaction, answer).ifPresent(effects::add);
  }

  /** The server has sent a message. */
  void onMessage(RawMessage message) {
    transactions.match(Channels.TCP, message).ifPresent(this::onAnswer);
  }

  private void onAnswer(Transactions.Match match) {
    if (match.response().rejectsEdns()) {
      transactions.dropEdns(match.transaction());
      sendWhenConnected(match.transaction());
    } else {
      settle(match.transaction(), match.response().answer());
    }
  }
}
