package firstanswer.transport.loop;

import akka.actor.Cancellable;
import java.util.concurrent.atomic.AtomicBoolean;

/** A timer of an event loop, for use by any thread. */
final class LoopTimer implements Cancellable {
  private final EventLoop loop;
  private final Timers timers;
  private final Runnable task;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean cancelled;

  /** Only the loop's thread uses it. */
  private Timers.Timer timer;

  /** Does not run yet; only the thread of {@code loop} may use {@code timers}. */
  LoopTimer(EventLoop loop, Timers timers, Runnable task) {
    this.loop = loop;
    this.timers = timers;
    this.task = task;
  }

  /** On the loop. */
  void start(long nowNanos, long delayNanos) {
    if (!over.get()) {
      timer = timers.start(this::run, nowNanos, delayNanos);
    }
  }

  private void run() {
    if (!over.getAndSet(true)) {
      task.run();
    }
  }

  @Override
  public boolean cancel() {
    if (over.getAndSet(true)) {
      return false;
    }
    cancelled = true;
    loop.runOnLoop(this::leave);
    return true;
  }

  private void leave() {
    if (timer != null) {
      timers.cancel(timer);
    }
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }
}
