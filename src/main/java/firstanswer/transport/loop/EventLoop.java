package firstanswer.transport.loop;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that reads sockets, runs tasks and keeps the time. Akka runs the turns of actors on
 * it, so a query stays on one thread from its first datagram to its last: a message between actors
 * is a task in a queue, and no thread has to be woken for it.
 *
 * <p>The thread sleeps in {@code select}, and only if there is no task. A task from another thread
 * wakes it. Nothing that blocks may run here: it would delay all sockets and all actors.
 *
 * <p>Timers, sockets and tasks take turns. A socket that is ready hands over what it has, up to a
 * limit of its own. Tasks wait in one of two lanes. Those of the first run before new datagrams are
 * read, so that queries in hand end first, but only for 2 ms in a turn. The yielding lane may never
 * be empty, so only a few of its tasks run in each turn.
 *
 * <p>The class is long because sockets, tasks and timers share one thread and one sleep.
 *
 * <p>The loop ends, and closes its sockets, when everybody who uses it has released it and its
 * tasks are done.
 */
public final class EventLoop implements Executor {
  /** The owner of a channel, which the loop calls on its thread. */
  @FunctionalInterface
  public interface Ready {
    /** The channel of {@code key} is ready for what it was registered for. */
    void ready(SelectionKey key);
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  /**
   * How long tasks of the first lane may run, and hold up sockets and the other lane, in a turn.
   * With 5 ms, answers over TCP waited 150 ms for their turn when thousands of queries ended.
   */
  private static final long FIRST_NANOS = 2_000_000;

  /** More tasks of the yielding lane in a turn bring more work for the first lane. */
  private static final int YIELDING_TASKS = 16;

  private static final String THREAD_NAME = "event-loop";

  /** The size of the buffer that all sockets of a loop share, in bytes: the longest datagram. */
  private static final int BUFFER_BYTES = 0xffff;

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final ThreadLocal<EventLoop> CURRENT = new ThreadLocal<>();

  private final Selector selector;
  private final Thread thread;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  private final Lane first = new Lane();
  private final Lane yielding = new Lane();

  /** Whether a task from another thread must wake the loop. */
  private final AtomicBoolean asleep = new AtomicBoolean();

  private final Timers timers = new Timers(System.nanoTime());
  private final TurnWatch watch = new TurnWatch(System.nanoTime(), LOG::warn);
  private final Consumer<Runnable> running = this::run;
  private final AtomicInteger users = new AtomicInteger(1);

  /** Complete when the system has its ports back, which is when the selector has run once more. */
  private final List<CompletableFuture<Void>> closing = new ArrayList<>();

  private long tasks;
  private long turns;

  /** The time when the loop began to work at something after its sleep; 0 while it sleeps. */
  private long turnBegin;

  private EventLoop(ThreadFactory threads) throws IOException {
    selector = Selector.open();
    thread = threads.newThread(this::runAll);
    thread.setName(THREAD_NAME);
  }

  /** Starts a loop on a thread of {@code threads}, for one user, who has to release it. */
  public static EventLoop start(ThreadFactory threads) throws IOException {
    EventLoop loop = new EventLoop(threads);
    loop.thread.start();
    return loop;
  }

  /** One more user; false if the loop has ended. */
  boolean retain() {
    return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** One user less. */
  public void release() {
    if (users.decrementAndGet() == 0) {
      wakeUp();
    }
  }

  /** An executor for tasks of the first lane or the yielding lane; a user of the loop. */
  ExecutorService executor(boolean yields) {
    if (!retain()) {
      throw new IllegalStateException("the event loop has ended");
    }
    return new LaneExecutor(this, yields ? yielding : first);
  }

  /** The loop whose thread calls; fails with an IllegalStateException on any other thread. */
  public static EventLoop current() {
    EventLoop loop = currentIfAny();
    if (loop == null) {
      throw new IllegalStateException(Thread.currentThread() + " is not an event loop");
    }
    return loop;
  }

  /** The loop whose thread calls; null on any other thread. */
  static EventLoop currentIfAny() {
    return CURRENT.get();
  }

  /** The loop of the default dispatcher of {@code system}; completes on the loop. */
  public static CompletionStage<EventLoop> of(ActorSystem<?> system) {
    return CompletableFuture.supplyAsync(EventLoop::current, executor(system));
  }

  /** Runs tasks on the loop of the default dispatcher of {@code system}. */
  public static Executor executor(ActorSystem<?> system) {
    return system.dispatchers().lookup(DispatcherSelector.defaultDispatcher());
  }

  /** A buffer for use by the loop's thread within one task. */
  public ByteBuffer buffer() {
    return buffer.clear();
  }

  /** Watches {@code channel}, which does not block; for use by any thread. */
  public SelectionKey register(SelectableChannel channel, int operations, Ready ready)
      throws IOException {
    SelectionKey key = channel.register(selector, operations, ready);
    wakeUp();
    return key;
  }

  /**
   * Closes {@code channel}, which this loop watches; for use by any thread.
   *
   * @return completes, on the loop, when the system has the port back
   */
  public CompletionStage<Void> close(SelectableChannel channel) {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    runOnLoop(() -> close(channel, closed));
    return closed;
  }

  private void close(SelectableChannel channel, CompletableFuture<Void> closed) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("cannot close: {}", e.toString());
    }
    closing.add(closed);
  }

  /** The number of the present turn; for the loop's thread. */
  public long turn() {
    return turns;
  }

  /** The tasks that have run, those of timers included; for the loop's thread. */
  public long tasks() {
    return tasks;
  }

  /** Runs {@code task} soon, in the first lane. */
  @Override
  public void execute(Runnable task) {
    add(task, first);
  }

  void add(Runnable task, Lane lane) {
    if (Thread.currentThread() == thread) {
      lane.add(task);
    } else {
      lane.addFromOutside(task);
      wakeUp();
    }
  }

  /** Runs {@code task} at once if this is the loop's thread, and soon otherwise. */
  void runOnLoop(Runnable task) {
    if (Thread.currentThread() == thread) {
      task.run();
    } else {
      execute(task);
    }
  }

  /** Runs {@code task} on the loop after {@code delayNanos}; for use by any thread. */
  Cancellable startTimer(Runnable task, long delayNanos) {
    LoopTimer timer = new LoopTimer(this, timers, task);
    long now = System.nanoTime();
    runOnLoop(() -> timer.start(now, delayNanos));
    return timer;
  }

  /** Makes the loop look at its sockets and tasks; cheap if it does so anyway. */
  public void wakeUp() {
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  private void runAll() {
    CURRENT.set(this);
    try {
      while (users.get() > 0 || !isIdle()) {
        turns++;
        long begin = System.nanoTime();
        turnBegin = turnBegin == 0 ? begin : turnBegin;
        timers.runDue(begin, running);
        first.runFor(FIRST_NANOS, begin, running);
        yielding.runSome(YIELDING_TASKS, running);
        watch.onTurn(turnBegin, System.nanoTime());
        turnBegin = 0;
        select();
      }
    } finally {
      end();
    }
  }

  private boolean isIdle() {
    return first.isEmpty() && yielding.isEmpty();
  }

  /**
   * A failure costs one task. Akka ends the process after an error that is beyond repair. Scala
   * throws checked exceptions, too, without saying so.
   */
  @SuppressWarnings("PMD.AvoidCatchingThrowable")
  private void run(Runnable task) {
    tasks++;
    try {
      task.run();
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void failed(Throwable failure) {
    // With the mark of an interruption, select would never sleep again.
    Thread.interrupted();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
  }

  private void select() {
    try {
      if (isIdle()) {
        sleep();
      } else {
        selector.selectNow(this::ready);
      }
    } catch (IOException e) {
      LOG.warn("cannot wait for sockets: {}", e.toString());
      LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
    } finally {
      asleep.lazySet(false);
    }
    closing.forEach(each -> each.complete(null));
    closing.clear();
  }

  /** Looks for tasks once more after saying that it sleeps; later tasks wake it. */
  private void sleep() throws IOException {
    asleep.set(true);
    long wait = timers.nanosToNext(System.nanoTime());
    if (!isIdle() || users.get() == 0 || !closing.isEmpty() || wait <= 0) {
      selector.selectNow(this::ready);
    } else if (wait == Long.MAX_VALUE) {
      selector.select(this::ready);
    } else {
      selector.select(this::ready, wait / NANOS_A_MILLI + 1);
    }
  }

  @SuppressWarnings("PMD.AvoidCatchingThrowable")
  private void ready(SelectionKey key) {
    asleep.lazySet(false);
    if (turnBegin == 0) {
      turnBegin = System.nanoTime();
    }
    try {
      ((Ready) key.attachment()).ready(key);
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void end() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      LOG.warn("cannot close: {}", e.toString());
    }
  }
}
