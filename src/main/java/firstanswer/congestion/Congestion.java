package firstanswer.congestion;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether there is congestion: more queries wait for some server than it answers soon, or many
 * queries have not reached the proxy of any server yet. During congestion, further queries should
 * wait in the connections of their clients, where they delay no other client.
 */
public final class Congestion {
  /** Congestion begins when this many queries are on their way, and ends at half as many. */
  private static final int MOST_ON_THE_WAY = 1024;

  private final AtomicInteger reasons = new AtomicInteger();
  private final AtomicInteger onTheWay = new AtomicInteger();
  private final Reason tooManyOnTheWay = new Reason();
  private final List<Runnable> whenOver = new CopyOnWriteArrayList<>();

  /** Whether there is congestion now. */
  public boolean lasts() {
    return reasons.get() > 0;
  }

  /** Runs {@code action} whenever congestion ends. */
  public void whenOver(Runnable action) {
    whenOver.add(action);
  }

  /** Creates a reason for congestion, such as one server; it does not apply yet. */
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

  /** A reason for congestion. */
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

  /** Follows one query until the first server takes it. */
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
