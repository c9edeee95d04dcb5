package firstanswer.transport.loop;

import akka.actor.AbstractScheduler;
import akka.actor.Cancellable;
import akka.actor.Scheduler;
import akka.actor.SchedulerException;
import akka.event.LoggingAdapter;
import com.typesafe.config.Config;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/**
 * The timers of an actor system, on the {@link EventLoop} that its dispatchers share. So a timer of
 * an actor crosses no thread, and nothing wakes an idle process. Named in Akka's settings; Akka
 * creates it before any dispatcher.
 */
public final class LoopScheduler extends AbstractScheduler implements Closeable {
  private static final double TICKS_A_SECOND = 1000;

  private final ThreadFactory threads;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** The tasks that must not be lost when the scheduler closes. */
  private final Set<Runnable> runOnClose = ConcurrentHashMap.newKeySet();

  private EventLoop loop;

  /** Called by Akka. */
  public LoopScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
    this.threads = threads;
    this.loop = start();
  }

  private EventLoop start() {
    try {
      return EventLoop.start(threads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An executor on the loop. When the scheduler has closed, tasks may still come, which need a loop
   * once more.
   */
  synchronized ExecutorService executor(boolean yields) {
    boolean ended = !loop.retain();
    if (ended) {
      loop = start();
    }
    ExecutorService executor = loop.executor(yields);
    loop.release();
    return executor;
  }

  private synchronized EventLoop loop() {
    if (closed.get()) {
      // Akka looks at the cause.
      SchedulerException cause = new SchedulerException("the scheduler has closed");
      throw new IllegalStateException(cause.getMessage(), cause);
    }
    return loop;
  }

  @Override
  public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
    EventLoop current = loop();
    if (!(task instanceof Scheduler.TaskRunOnClose)) {
      return current.startTimer(() -> executor.execute(task), delay.toNanos());
    }
    runOnClose.add(task);
    if (closed.get()) {
      runOnce(task, Runnable::run);
    }
    return current.startTimer(() -> runOnce(task, executor::execute), delay.toNanos());
  }

  private void runOnce(Runnable task, Executor executor) {
    if (runOnClose.remove(task)) {
      executor.execute(task);
    }
  }

  // Deprecated for callers, but abstract.
  @SuppressWarnings("deprecation")
  @Override
  public Cancellable schedule(
      FiniteDuration first, FiniteDuration interval, Runnable task, ExecutionContext executor) {
    Repeating repeating = new Repeating(loop(), task, interval.toNanos(), executor);
    repeating.next(first.toNanos());
    return repeating;
  }

  /** Runs a task again and again at a fixed rate. */
  private static final class Repeating implements Cancellable {
    private final EventLoop loop;
    private final Runnable task;
    private final long intervalNanos;
    private final ExecutionContext executor;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile Cancellable timer;
    private long dueNanos;

    Repeating(EventLoop loop, Runnable task, long intervalNanos, ExecutionContext executor) {
      this.loop = loop;
      this.task = task;
      this.intervalNanos = intervalNanos;
      this.executor = executor;
    }

    void next(long delayNanos) {
      dueNanos = System.nanoTime() + delayNanos;
      timer = loop.startTimer(this::run, delayNanos);
      if (cancelled.get()) {
        timer.cancel();
      }
    }

    private void run() {
      if (!cancelled.get()) {
        executor.execute(this::runTask);
        next(Math.max(1, intervalNanos - (System.nanoTime() - dueNanos)));
      }
    }

    /** The interface promises that a failure ends the repetition. */
    private void runTask() {
      try {
        task.run();
      } catch (RuntimeException e) {
        cancel();
        throw e;
      }
    }

    @Override
    public boolean cancel() {
      boolean first = !cancelled.getAndSet(true);
      timer.cancel();
      return first;
    }

    @Override
    public boolean isCancelled() {
      return cancelled.get();
    }
  }

  @Override
  public double maxFrequency() {
    return TICKS_A_SECOND;
  }

  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      synchronized (this) {
        loop.release();
      }
      List.copyOf(runOnClose).forEach(task -> runOnce(task, Runnable::run));
    }
  }
}
