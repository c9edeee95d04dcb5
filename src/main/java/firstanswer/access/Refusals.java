package firstanswer.access;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Counts what is refused, by its reason, and tells of it: of the first at once, and then of how
 * many there were since, once in an interval, until there are none. Never a line a query.
 */
public final class Refusals {
  private final Map<Refusal, Count> counts = new EnumMap<>(Refusal.class);
  private final Consumer<Runnable> nextInterval;
  private final BiConsumer<Refusal, String> log;

  /**
   * Counts from 0.
   *
   * @param nextInterval runs what it is given when the next interval begins
   * @param log takes a line for people, with its reason
   */
  public Refusals(Consumer<Runnable> nextInterval, BiConsumer<Refusal, String> log) {
    this.nextInterval = nextInterval;
    this.log = log;
    for (Refusal why : Refusal.values()) {
      counts.put(why, new Count(why));
    }
  }

  /** Counts one of {@code client}. */
  public void count(Refusal why, ClientNetwork client) {
    counts.get(why).count(client);
  }

  /** How many there were for this reason. */
  public long total(Refusal why) {
    return counts.get(why).total.sum();
  }

  private final class Count {
    private final Refusal why;
    private final LongAdder total = new LongAdder();
    private final AtomicBoolean telling = new AtomicBoolean();
    private volatile ClientNetwork last;

    /** Of whoever has set {@code telling}. */
    private long told;

    Count(Refusal why) {
      this.why = why;
    }

    void count(ClientNetwork client) {
      last = client;
      total.increment();
      if (!telling.get() && telling.compareAndSet(false, true)) {
        tell();
      }
    }

    private void tell() {
      long now = total.sum();
      if (now == told) {
        telling.set(false);
        return;
      }
      log.accept(why, (now - told) + " refused, the last to " + last + ": " + why.reason());
      told = now;
      nextInterval.accept(this::tell);
    }
  }
}
