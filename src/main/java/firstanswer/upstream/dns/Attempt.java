package firstanswer.upstream.dns;

import firstanswer.codec.wire.UpstreamQuery;
import firstanswer.tsproxy.TsProxy;

/** A question that a name server has been asked, or is to be asked. */
final class Attempt {
  private final TsProxy.Ask asked;
  private byte[] query;
  private int channel;
  private int id;
  private int connectionsLost;
  private long sentTick;
  private boolean forgotten;

  /** Asks over {@code channel}, a local UDP port or {@link Attempts#TCP}, under {@code id}. */
  Attempt(TsProxy.Ask asked, int channel, int id) {
    this.asked = asked;
    this.channel = channel;
    this.id = id;
    this.query = UpstreamQuery.write(asked.question(), id);
  }

  TsProxy.Ask asked() {
    return asked;
  }

  /** As it goes over the wire. */
  byte[] query() {
    return query;
  }

  int channel() {
    return channel;
  }

  int id() {
    return id;
  }

  /** The same question over another channel. */
  void moveTo(int newChannel, int newId) {
    channel = newChannel;
    id = newId;
    query = UpstreamQuery.withId(query, newId);
  }

  /** The same question without EDNS. */
  void dropEdns() {
    query = UpstreamQuery.withoutEdns(query);
  }

  /** A TCP connection has been lost while it waited; how many that makes. */
  int loseConnection() {
    return ++connectionsLost;
  }

  /** Nobody waits for its answer any more; whether one comes in time still tells of the server. */
  void forget() {
    forgotten = true;
  }

  boolean isForgotten() {
    return forgotten;
  }

  long sentTick() {
    return sentTick;
  }

  void sentAt(long tick) {
    sentTick = tick;
  }
}
