package firstanswer.congestion;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a load balancer has more queries than it can send on soon: some server has more queries
 * waiting than it answers soon, or many queries are still on their way to the first server. While
 * this is so, further queries should wait at their clients, where they hold up nobody else.
 */
public final class Congestion {
  /** So many queries on their way are a congestion, which ends at half as many. */
  private static final int MOST_ON_THE_WAY = 1024;

  private final AtomicInteger reasons = new AtomicInteger();
  private final AtomicInteger onTheWay = new AtomicInteger();
  private final Reason tooManyOnTheWay = new Reason();
  private final List<Runnable> whenOver = new CopyOnWriteArrayList<>();

  /** Whether there is a congestion now. */
  public boolean lasts() {
    return reasons.get() > 0;
  }

  /** Runs {@code action} each time when a congestion is over. */
  public void whenOver(Runnable action) {
    whenOver.add(action);
  }

  /** A reason for a congestion, such as one server, that does not apply yet. */
  public Reason reason() {
    return new Reason();
  }

  /** A query is on its way from now on. */
  public Way begin() {
    if (onTheWay.incrementAndGet() == MOST_ON_THE_WAY) {
      tooManyOnTheWay.applies(true);
    }
    return new Way();
  }

  /** A reason for a congestion. */
  public final class Reason {
    private final AtomicBoolean applies = new AtomicBoolean();

    private Reason() {}

    /** Says whether the reason applies from now on. */
    public void applies(boolean now) {
      if (applies.compareAndSet(!now, now)
          && (now ? reasons.incrementAndGet() : reasons.decrementAndGet()) == 0) {
        whenOver.forEach(Runnable::run);
      }
    }
  }

  /** The way of one query to the first server that takes it. */
  public final class Way {
    private final AtomicBoolean over = new AtomicBoolean();

    private Way() {}

    /** A server has taken the query, or the query needs no server any more. */
    public void end() {
      if (!over.getAndSet(true) && onTheWay.decrementAndGet() == MOST_ON_THE_WAY / 2) {
        tooManyOnTheWay.applies(false);
      }
    }
  }
}
