package firstanswer.upstream.dns;

import firstanswer.codec.wire.UpstreamQuery;
import firstanswer.dns.Question;
import firstanswer.dns.message.RawMessage;
import firstanswer.tsproxy.TsProxy;
import java.util.Optional;

/**
 * One DNS transaction: a query to the name server and the answer that may come. It can move to
 * another channel and id. It has an asker, unless it is a probe or its asker has forgotten it.
 */
final class Transaction {
  private Optional<TsProxy.Ask> asker;
  private RawMessage query;
  private int channel;
  private int id;
  private Integer key;
  private int connectionsLost;
  private long sentTick;

  /** Asks {@code question} over {@code channel}, one of {@link Channels}, under {@code id}. */
  Transaction(Question question, Optional<TsProxy.Ask> asker, int channel, int id) {
    this.asker = asker;
    this.channel = channel;
    this.id = id;
    this.key = key(channel, id);
    this.query = new RawMessage(UpstreamQuery.write(question, id));
  }

  /** Empty if nobody waits for the answer. */
  Optional<TsProxy.Ask> asker() {
    return asker;
  }

  /** Nobody waits for the answer any more. */
  void forget() {
    asker = Optional.empty();
  }

  /** The query as on the wire. */
  RawMessage query() {
    return query;
  }

  /** Channel and id in one number, for the tables in which an answer finds the transaction. */
  Integer key() {
    return key;
  }

  static int key(int channel, int id) {
    return channel << 16 | id;
  }

  int channel() {
    return channel;
  }

  int id() {
    return id;
  }

  /** The query goes on over another channel, under another id, or both. */
  void moveTo(int newChannel, int newId) {
    channel = newChannel;
    id = newId;
    key = key(newChannel, newId);
    query = new RawMessage(UpstreamQuery.withId(query.bytes(), newId));
  }

  /** The query goes on without EDNS. */
  void dropEdns() {
    query = new RawMessage(UpstreamQuery.withoutEdns(query.bytes()));
  }

  /** A TCP connection was lost while the query waited for its answer; returns how many were. */
  int loseConnection() {
    return ++connectionsLost;
  }

  long sentTick() {
    return sentTick;
  }

  void sentAt(long tick) {
    sentTick = tick;
  }
}
