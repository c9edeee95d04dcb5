package firstanswer.transport.loop;

import java.util.BitSet;
import java.util.function.Consumer;

/**
 * The timers of one event loop, in a wheel of slots of a millisecond each (Varghese and Lauck,
 * Hashed and Hierarchical Timing Wheels, SOSP 1987). Starting and cancelling a timer takes a few
 * steps, however many there are: each query has several, and nearly all are cancelled.
 *
 * <p>A timer further away than the wheel is long waits in its slot for later rounds.
 */
final class Timers {
  private static final int SLOTS = 8192;
  private static final long TICK_NANOS = 1_000_000;

  /** A timer, in the circular list of its slot. */
  static final class Timer {
    private final Runnable task;
    private long tick;
    private Timer before = this;
    private Timer after = this;

    private Timer(Runnable task) {
      this.task = task;
    }

    private void leave() {
      before.after = after;
      after.before = before;
      before = this;
      after = this;
    }
  }

  private final long beginNanos;

  /** The head of the list of each slot that was ever used. */
  private final Timer[] slots = new Timer[SLOTS];

  /** The slots that may have timers. */
  private final BitSet used = new BitSet(SLOTS);

  /** All timers up to this tick have run. */
  private long done;

  Timers(long nowNanos) {
    this.beginNanos = nowNanos;
  }

  /** Starts a timer that is due {@code delayNanos} after {@code nowNanos}, to the next tick. */
  Timer start(Runnable task, long nowNanos, long delayNanos) {
    Timer timer = new Timer(task);
    long due = nowNanos - beginNanos + delayNanos;
    timer.tick = Math.max(done + 1, (due + TICK_NANOS - 1) / TICK_NANOS);
    int slot = (int) (timer.tick % SLOTS);
    Timer head = slots[slot];
    if (head == null) {
      head = new Timer(() -> {});
      slots[slot] = head;
    }
    used.set(slot);
    timer.before = head.before;
    timer.after = head;
    head.before.after = timer;
    head.before = timer;
    return timer;
  }

  /** Cancels a timer; false if it has run or was cancelled before. */
  boolean cancel(Timer timer) {
    boolean waits = timer.after != timer;
    timer.leave();
    return waits;
  }

  /** Gives the task of each timer that is due to {@code run}, the earliest first. */
  void runDue(long nowNanos, Consumer<Runnable> run) {
    long now = (nowNanos - beginNanos) / TICK_NANOS;
    while (done < now) {
      long next = nextUsed();
      if (next > now) {
        done = now;
        return;
      }
      done = next;
      runSlot(next, run);
    }
  }

  private void runSlot(long tick, Consumer<Runnable> run) {
    int slot = (int) (tick % SLOTS);
    Timer head = slots[slot];
    Timer timer = head.after;
    while (timer != head) {
      Timer next = timer.after;
      if (timer.tick <= tick) {
        timer.leave();
        run.accept(timer.task);
        // A timer that runs may cancel those behind it.
        next = next.after == next ? head.after : next;
      }
      timer = next;
    }
    if (head.after == head) {
      used.clear(slot);
    }
  }

  /** The nanoseconds until a timer may be due; {@code Long.MAX_VALUE} if there is none. */
  long nanosToNext(long nowNanos) {
    long next = nextUsed();
    return next == Long.MAX_VALUE ? next : Math.max(0, next * TICK_NANOS - (nowNanos - beginNanos));
  }

  /** The first tick after {@link #done} whose slot may have timers, within one round. */
  private long nextUsed() {
    int from = (int) ((done + 1) % SLOTS);
    int slot = used.nextSetBit(from);
    if (slot < 0) {
      slot = used.nextSetBit(0);
    }
    return slot < 0 ? Long.MAX_VALUE : done + 1 + Math.floorMod(slot - from, SLOTS);
  }
}
