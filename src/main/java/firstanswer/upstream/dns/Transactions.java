package firstanswer.upstream.dns;

import firstanswer.codec.wire.AnswerReader;
import firstanswer.dns.Answer;
import firstanswer.dns.Answer.Unheard;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.dns.message.Header;
import firstanswer.dns.message.RawMessage;
import firstanswer.tsproxy.TsProxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Type;

/**
 * The open transactions with one name server. Answers find a transaction by channel and id, and
 * askers by the id of their ask.
 */
final class Transactions {
  /** Every name server has an answer to this question, if only REFUSED. */
  private static final Question PROBE =
      new Question(DomainName.ofWire(new byte[1], 0), Type.NS, new Manner.Dns(0, Optional.empty()));

  /** Half of the ids of a channel, so that a random draw soon finds a free id. */
  static final int MAX_LIMIT = 1 << 15;

  private final int limit;
  private final RandomIds random;
  private final Map<Integer, Transaction> byChannelAndId = new HashMap<>();

  /**
   * The transactions that are not forgotten. The asker of some was told of trouble, and asks again.
   */
  private final Map<Long, Transaction> byAsk = new HashMap<>();

  private final ByChannel byChannel = new ByChannel();
  private final EndedKeys ended = new EndedKeys();
  private long unexpected;

  /** Holds at most {@code limit} transactions with an asker, and never more than 32,768. */
  Transactions(int limit, RandomIds random) {
    this.limit = Math.min(limit, MAX_LIMIT);
    this.random = random;
  }

  /** Begins a transaction for {@code ask} over {@code channel}; empty at the limit. */
  Optional<Transaction> begin(TsProxy.Ask ask, int channel) {
    Optional<Transaction> begun = begin(ask.question(), Optional.of(ask), channel);
    begun.ifPresent(transaction -> byAsk.put(ask.id(), transaction));
    return begun;
  }

  /** Begins a probe, a transaction that nobody waits for; empty at the limit. */
  Optional<Transaction> beginProbe(int channel) {
    return begin(PROBE, Optional.empty(), channel);
  }

  private Optional<Transaction> begin(Question question, Optional<TsProxy.Ask> ask, int channel) {
    if (byAsk.size() >= limit) {
      return Optional.empty();
    }
    Transaction transaction = new Transaction(question, ask, channel, freeId(channel));
    add(transaction);
    return Optional.of(transaction);
  }

  private void add(Transaction transaction) {
    byChannelAndId.put(transaction.key(), transaction);
    byChannel.add(transaction);
  }

  private int freeId(int channel) {
    int id = random.nextId();
    while (byChannelAndId.containsKey(Transaction.key(channel, id))) {
      id = random.nextId();
    }
    return id;
  }

  /** The transaction that an answer with {@code id} over {@code channel} belongs to. */
  Optional<Transaction> find(int channel, int id) {
    return Optional.ofNullable(byChannelAndId.get(Transaction.key(channel, id)));
  }

  /**
   * The transaction that {@code message} from the server answers, and the answer. Empty if the
   * message answers no transaction; counts such messages.
   */
  Optional<Match> match(int channel, RawMessage message) {
    Optional<Match> match =
        AnswerReader.id(message.bytes())
            .flatMap(
                id -> find(channel, id).flatMap(t -> Match.read(t, message, !t.is(channel, id))));
    if (match.isEmpty()) {
      unexpected++;
    }
    return match;
  }

  /** The number of messages that answered no transaction: late, double or forged. */
  long unexpected() {
    return unexpected;
  }

  /**
   * Whether {@code message}, which answers no transaction, may be the guess of an attacker. A late
   * or repeated answer is no guess. Neither is a message without a question that has the id of an
   * open transaction: some servers leave out the question.
   */
  boolean isGuess(int channel, RawMessage message) {
    Optional<Integer> id = AnswerReader.id(message.bytes());
    if (id.isEmpty() || find(channel, id.get()).isEmpty()) {
      return id.isEmpty() || !ended.contains(Transaction.key(channel, id.get()));
    }
    return Header.word(message.bytes(), Header.QUESTIONS_AT) > 0;
  }

  /** The transaction of {@code ask}. */
  Optional<Transaction> of(long ask) {
    return Optional.ofNullable(byAsk.get(ask));
  }

  /** Adds {@code ask} to its transaction if the asker asks again after trouble; otherwise false. */
  boolean addAgain(TsProxy.Ask ask) {
    Transaction transaction = byAsk.get(ask.id());
    if (transaction != null) {
      transaction.askedAgain(ask);
    }
    return transaction != null;
  }

  /** The reply that tells the asker of {@code trouble}, once for each transaction. */
  Optional<Effect> tellTrouble(Transaction transaction, Unheard trouble) {
    Optional<TsProxy.Ask> asker = transaction.asker();
    if (asker.isEmpty() || !transaction.tellTrouble()) {
      return Optional.empty();
    }
    transaction.forget();
    return asker.map(ask -> new Effect.Reply(ask, trouble));
  }

  /** The transactions over TCP, in the order in which they moved to TCP. */
  List<Transaction> overTcp() {
    return over(Channels.TCP);
  }

  /** The transactions over {@code channel} that are not forgotten. */
  List<Transaction> over(int channel) {
    return byChannel.over(channel);
  }

  boolean isAnyOverTcp() {
    return byChannel.isAnyOver(Channels.TCP);
  }

  /** Makes the first transaction over TCP the last. */
  void moveFirstOverTcpToTheEnd() {
    byChannel.moveFirstToTheEnd(Channels.TCP);
  }

  /** Moves a transaction to {@code channel}, under an id that it has not had on the channel. */
  void move(Transaction transaction, int channel) {
    int id = freeId(channel);
    remove(transaction);
    transaction.moveTo(channel, id);
    add(transaction);
  }

  /** The query is to be sent over {@code channel}, too, under an id that it has not had there. */
  void copy(Transaction transaction, int channel) {
    int id = freeId(channel);
    byChannel.remove(transaction);
    transaction.copyTo(channel, id);
    add(transaction);
  }

  private void remove(Transaction transaction) {
    byChannel.remove(transaction);
    removeKey(transaction.key());
    transaction.formerKeys().forEach(this::removeKey);
  }

  private void removeKey(Integer key) {
    byChannelAndId.remove(key);
    ended.add(key);
  }

  /** A transaction goes on over its channel without EDNS, under another id. */
  void dropEdns(Transaction transaction) {
    transaction.dropEdns();
    move(transaction, transaction.channel());
  }

  /** The transaction is over; returns the reply to its asker, if it has one. */
  Optional<Effect> settle(Transaction transaction, Answer answer) {
    end(transaction);
    return transaction.asker().map(asker -> new Effect.Reply(asker, answer));
  }

  /** Nobody waits for the transaction any more, but an answer still finds it until it ends. */
  void forget(Transaction transaction) {
    byAsk.remove(transaction.ask());
    byChannel.remove(transaction);
    transaction.forget();
  }

  /**
   * Whether too many ids belong to transactions that are forgotten: more than half the limit. A
   * query that was sent twice has two ids.
   */
  boolean hasTooManyUnawaited() {
    return byChannelAndId.size() - byAsk.size() > limit / 2;
  }

  /** The transaction is over. */
  void end(Transaction transaction) {
    remove(transaction);
    byAsk.remove(transaction.ask(), transaction);
  }

  /** Whether the transaction is open. */
  boolean isGoingOn(Transaction transaction) {
    return byChannelAndId.get(transaction.key()) == transaction;
  }

  /** Whether no transaction is open. */
  boolean isEmpty() {
    return byChannelAndId.isEmpty();
  }

  /** The number of transactions that are not forgotten. */
  int size() {
    return byAsk.size();
  }
}
