package firstanswer.upstream.dns;

import firstanswer.codec.wire.AnswerReader;
import firstanswer.codec.wire.MixedCase;
import firstanswer.codec.wire.UpstreamQuery;
import firstanswer.codec.wire.UpstreamResponse;
import firstanswer.dns.Question;
import firstanswer.dns.message.RawMessage;
import firstanswer.tsproxy.TsProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * One DNS transaction: a query to the name server and the answer that may come. A transaction can
 * move to another channel and id. It has an asker, unless it is a probe, the asker has forgotten
 * it, or the asker was told of trouble and is about to ask again.
 */
final class Transaction {
  private final long ask;
  private Optional<TsProxy.Ask> asker;
  private RawMessage query;

  /** The query in the case of the asker, if {@link #query} has another case. */
  private Optional<RawMessage> unmixed = Optional.empty();

  private int channel;
  private int id;
  private Integer key;

  /** The keys under which the query was sent before, if an answer may still come there. */
  private List<Integer> formerKeys = List.of();

  private int sends;
  private long firstSentNanos;
  private long lastSentNanos;
  private boolean troubleTold;
  private boolean seemedLost;
  private int refusals;

  /** Asks {@code question} over {@code channel}, one of {@link Channels}, under {@code id}. */
  Transaction(Question question, Optional<TsProxy.Ask> asker, int channel, int id) {
    this.ask = asker.map(TsProxy.Ask::id).orElse(-1L);
    this.asker = asker;
    this.channel = channel;
    this.id = id;
    this.key = key(channel, id);
    this.query = new RawMessage(UpstreamQuery.write(question, id));
  }

  /** The id of the ask that the transaction began with; -1 for a probe. */
  long ask() {
    return ask;
  }

  /** The asker; empty if nobody waits for the answer. */
  Optional<TsProxy.Ask> asker() {
    return asker;
  }

  /** Nobody waits for the answer any more. */
  void forget() {
    asker = Optional.empty();
  }

  /** The asker was told of trouble, once for each transaction; true if this is the first time. */
  boolean tellTrouble() {
    boolean first = !troubleTold;
    troubleTold = true;
    return first;
  }

  /** The asker that was told of trouble has asked again. */
  void askedAgain(TsProxy.Ask again) {
    asker = Optional.of(again);
  }

  /** The query in wire format. */
  RawMessage query() {
    return query;
  }

  /** From now on, the letters of the question have random case. */
  void mixCase(IntSupplier bits) {
    unmixed = Optional.of(query);
    query = new RawMessage(MixedCase.mix(query.bytes(), bits));
  }

  /** Whether {@code response} repeats the case of the question, if the case matters. */
  boolean isCaseEchoed(RawMessage response) {
    return unmixed.isEmpty() || MixedCase.isEchoed(query.bytes(), response.bytes());
  }

  /** The response, read again from {@code message}, with a question in the case of the asker. */
  Optional<UpstreamResponse> inAskersCase(UpstreamResponse response, RawMessage message) {
    if (unmixed.isEmpty()) {
      return Optional.of(response);
    }
    MixedCase.restore(unmixed.get().bytes(), message.bytes());
    return AnswerReader.read(query.bytes(), message.bytes());
  }

  /** The channel and the id in one number, the key by which an answer finds the transaction. */
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

  /** Whether the query last went out over that channel, under that id. */
  boolean is(int aChannel, int anId) {
    return channel == aChannel && id == anId;
  }

  /** See {@link #key}; empty if an answer counts under the present key only. */
  List<Integer> formerKeys() {
    return formerKeys;
  }

  /** Like {@link #moveTo}, but an answer under any key so far counts, too. */
  void copyTo(int newChannel, int newId) {
    List<Integer> all = new ArrayList<>(formerKeys);
    all.add(key);
    moveTo(newChannel, newId);
    formerKeys = all;
  }

  /** The query goes on over another channel, under another id, or both. */
  void moveTo(int newChannel, int newId) {
    formerKeys = List.of();
    channel = newChannel;
    id = newId;
    key = key(newChannel, newId);
    query = new RawMessage(UpstreamQuery.withId(query.bytes(), newId));
  }

  /** The query goes on without EDNS, as if it had not been sent. */
  void dropEdns() {
    query = new RawMessage(UpstreamQuery.withoutEdns(query.bytes()));
    sends = 0;
  }

  /** The query is sent over UDP, for the first time or once more. */
  void sent(long nowNanos) {
    if (sends == 0) {
      firstSentNanos = nowNanos;
    }
    lastSentNanos = nowNanos;
    sends++;
  }

  /** The number of times that the query was sent over UDP. */
  int sends() {
    return sends;
  }

  /** The server has answered later queries, or has refused the query. */
  void seemsLost() {
    seemedLost = true;
  }

  boolean seemedLost() {
    return seemedLost;
  }

  /** The server has refused the query, perhaps because of its load. */
  void isRefused() {
    refusals++;
  }

  int refusals() {
    return refusals;
  }

  long firstSentNanos() {
    return firstSentNanos;
  }

  long lastSentNanos() {
    return lastSentNanos;
  }
}
