package firstanswer.upstream.dns;

import firstanswer.dns.Answer.Unheard;
import firstanswer.tsproxy.TsProxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The asks that came while no query could be sent: no socket, or no address of the server. */
final class WaitingRoom {
  private final int limit;
  private final Route route;
  private final Effects effects;
  private final Map<Long, TsProxy.Ask> untold = new LinkedHashMap<>();

  /**
   * The asks whose askers were told of the obstacle; a value is empty until the asker asks again.
   */
  private final Map<Long, Optional<TsProxy.Ask>> told = new LinkedHashMap<>();

  /** Holds at most {@code limit} asks that cannot go along {@code route}. */
  WaitingRoom(int limit, Route route, Effects effects) {
    this.limit = limit;
    this.route = route;
    this.effects = effects;
  }

  /** Adds an ask; false at the limit. */
  boolean add(TsProxy.Ask ask) {
    if (untold.size() + told.size() >= limit) {
      return false;
    }
    untold.put(ask.id(), ask);
    return true;
  }

  /** Adds an ask that comes again after its asker was told of the obstacle; otherwise false. */
  boolean addAgain(TsProxy.Ask ask) {
    return told.replace(ask.id(), Optional.of(ask)) != null;
  }

  void forget(long ask) {
    untold.remove(ask);
    told.remove(ask);
  }

  boolean isEmpty() {
    return untold.isEmpty() && told.isEmpty();
  }

  /**
   * When it is known whether queries can be sent: hands all asks to {@code begin}, or tells the
   * askers the obstacle.
   */
  void look(Consumer<TsProxy.Ask> begin) {
    if (route.isOpen()) {
      takeAll().forEach(begin);
    } else if (route.isSettled()) {
      route.obstacle().ifPresent(this::tell);
    }
  }

  /** Tells each asker once of {@code obstacle}; the asks stay, since the obstacle may pass. */
  private void tell(Unheard obstacle) {
    for (TsProxy.Ask ask : untold.values()) {
      effects.add(new Effect.Reply(ask, obstacle));
      told.put(ask.id(), Optional.empty());
    }
    untold.clear();
  }

  /** Removes all asks, and returns the asks that have an asker. */
  private List<TsProxy.Ask> takeAll() {
    List<TsProxy.Ask> all = new ArrayList<>(untold.values());
    told.values().forEach(asker -> asker.ifPresent(all::add));
    untold.clear();
    told.clear();
    return all;
  }
}
