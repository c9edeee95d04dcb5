package firstanswer.upstream.dns;

import firstanswer.dns.Answer;
import firstanswer.tsproxy.TsProxy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The attempts that wait for one name server, by channel and id, which is how answers find them,
 * and by what was asked. A channel is the local port of a UDP socket, or {@link #TCP}.
 */
final class Attempts {
  /** The channel that is no port. */
  static final int TCP = 0;

  /** Half of the ids, so that a free one is soon found. */
  private static final int MAX_LIMIT = 1 << 15;

  private final int limit;
  private final RandomIds random;
  private final Map<Integer, Attempt> byChannelAndId = new LinkedHashMap<>();

  private final Map<Long, Attempt> byAsk = new HashMap<>();

  /** Holds at most {@code limit} attempts, and never more than 32,768. */
  Attempts(int limit, RandomIds random) {
    this.limit = Math.min(limit, MAX_LIMIT);
    this.random = random;
  }

  /** Begins one over {@code channel}; empty if there are too many already. */
  Optional<Attempt> begin(TsProxy.Ask asked, int channel) {
    if (byAsk.size() >= limit) {
      return Optional.empty();
    }
    Attempt attempt = new Attempt(asked, channel, freeId(channel));
    byChannelAndId.put(key(channel, attempt.id()), attempt);
    byAsk.put(asked.id(), attempt);
    return Optional.of(attempt);
  }

  private int freeId(int channel) {
    int id = random.nextId();
    while (byChannelAndId.containsKey(key(channel, id))) {
      id = random.nextId();
    }
    return id;
  }

  private static int key(int channel, int id) {
    return channel << 16 | id;
  }

  /** The attempt over {@code channel} with {@code id}, if it waits. */
  Optional<Attempt> find(int channel, int id) {
    return Optional.ofNullable(byChannelAndId.get(key(channel, id)));
  }

  /** The attempt that was begun for the ask of that id, if it waits. */
  Optional<Attempt> of(long ask) {
    return Optional.ofNullable(byAsk.get(ask));
  }

  /** Those over TCP, in the order in which they came to it. */
  List<Attempt> overTcp() {
    return byChannelAndId.values().stream().filter(a -> a.channel() == TCP).toList();
  }

  /** It goes on over {@code channel}, under an id that it has not had there. */
  void move(Attempt attempt, int channel) {
    int id = freeId(channel);
    byChannelAndId.remove(key(attempt.channel(), attempt.id()));
    attempt.moveTo(channel, id);
    byChannelAndId.put(key(channel, id), attempt);
  }

  /** It goes on over its channel, without EDNS and under another id. */
  void dropEdns(Attempt attempt) {
    attempt.dropEdns();
    move(attempt, attempt.channel());
  }

  /** Gives {@code answer} to who asked, if somebody still does; the attempt is over. */
  void settle(Attempt attempt, Answer answer) {
    end(attempt);
    if (!attempt.isForgotten()) {
      attempt.asked().replyTo().tell(answer);
    }
  }

  /**
   * Nobody waits for it any more, but an answer still finds it until it ends. If there are too many
   * of those, it ends at once; then this is false.
   */
  boolean forget(Attempt attempt) {
    attempt.forget();
    byAsk.remove(attempt.asked().id());
    boolean kept = byChannelAndId.size() - byAsk.size() <= limit / 2;
    if (!kept) {
      end(attempt);
    }
    return kept;
  }

  /** The attempt is over. */
  void end(Attempt attempt) {
    byChannelAndId.remove(key(attempt.channel(), attempt.id()), attempt);
    byAsk.remove(attempt.asked().id());
  }

  /** How many are waited for. */
  int size() {
    return byAsk.size();
  }
}
