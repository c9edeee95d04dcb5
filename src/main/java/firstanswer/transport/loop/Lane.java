package firstanswer.transport.loop;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Tasks of an event loop that wait in one queue. In each turn of the loop, some of them run. */
final class Lane {
  /** The tasks between two looks at the clock. */
  private static final int TASKS_UNTIMED = 16;

  /** The tasks that run next; only the loop's thread touches them. */
  private final Queue<Runnable> own = new ArrayDeque<>();

  /** The tasks that other threads have added since the last turn. */
  private final Queue<Runnable> others = new ConcurrentLinkedQueue<>();

  /** On the loop. */
  void add(Runnable task) {
    own.add(task);
  }

  /** On another thread. The loop may have to be woken. */
  void addFromOutside(Runnable task) {
    others.add(task);
  }

  boolean isEmpty() {
    return own.isEmpty() && others.isEmpty();
  }

  /** Runs at most {@code count} tasks, among them those that they add themselves; on the loop. */
  void runSome(int count, Consumer<Runnable> run) {
    takeOver();
    for (int i = 0; i < count && !own.isEmpty(); i++) {
      run.accept(own.remove());
    }
  }

  /** Runs all tasks, but stops about {@code nanos} after {@code beginNanos}; on the loop. */
  void runFor(long nanos, long beginNanos, Consumer<Runnable> run) {
    do {
      runSome(TASKS_UNTIMED, run);
    } while (!own.isEmpty() && System.nanoTime() - beginNanos < nanos);
  }

  private void takeOver() {
    for (Runnable task = others.poll(); task != null; task = others.poll()) {
      own.add(task);
    }
  }
}
