package firstanswer.upstream.dns;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The transactions that are not forgotten, by the channel of their last query, in the order in
 * which they came to the channel.
 */
final class ByChannel {
  private final Map<Integer, Set<Transaction>> all = new HashMap<>();

  /** Adds a transaction behind the others over its channel. */
  void add(Transaction transaction) {
    all.computeIfAbsent(transaction.channel(), channel -> new LinkedHashSet<>()).add(transaction);
  }

  /** Removes a transaction, if it is here; its channel must be the one that it came with. */
  void remove(Transaction transaction) {
    all.computeIfPresent(
        transaction.channel(),
        (channel, over) -> {
          over.remove(transaction);
          return over.isEmpty() ? null : over;
        });
  }

  /** The transactions over {@code channel}, the one that came first in front. */
  List<Transaction> over(int channel) {
    return List.copyOf(all.getOrDefault(channel, Set.of()));
  }

  boolean isAnyOver(int channel) {
    return all.containsKey(channel);
  }

  /** Makes the first transaction over {@code channel} the last. */
  void moveFirstToTheEnd(int channel) {
    Set<Transaction> over = all.getOrDefault(channel, Set.of());
    over.stream()
        .findFirst()
        .ifPresent(
            first -> {
              over.remove(first);
              over.add(first);
            });
  }
}
