package firstanswer.access;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Counts refusals by reason, and logs them: the first at once, and then once in each interval the
 * number since the last line, until an interval has none. So a flood never writes a line for each
 * query.
 */
public final class Refusals {
  private final Map<Refusal, Count> counts = new EnumMap<>(Refusal.class);
  private final Consumer<Runnable> nextInterval;
  private final BiConsumer<Refusal, String> log;

  /**
   * Starts all counts at 0.
   *
   * @param nextInterval runs its argument when the next interval begins
   * @param log takes a reason and a line for people
   */
  public Refusals(Consumer<Runnable> nextInterval, BiConsumer<Refusal, String> log) {
    this.nextInterval = nextInterval;
    this.log = log;
    for (Refusal why : Refusal.values()) {
      counts.put(why, new Count(why));
    }
  }

  /** Counts one refusal of {@code client}. */
  public void count(Refusal why, ClientNetwork client) {
    counts.get(why).count(client);
  }

  /** The number of refusals for this reason. */
  public long total(Refusal why) {
    return counts.get(why).total.sum();
  }

  private final class Count {
    private final Refusal why;
    private final LongAdder total = new LongAdder();
    private final AtomicBoolean telling = new AtomicBoolean();
    private volatile ClientNetwork last;

    /** Only the thread that has set {@code telling} uses it. */
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
