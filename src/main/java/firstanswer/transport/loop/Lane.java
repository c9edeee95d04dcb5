package firstanswer.transport.loop;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Tasks of an event loop that wait in one queue. In each turn of the loop, a limited number run.
 */
final class Lane {
  private final int tasksInATurn;

  /** The tasks that run next; only the loop's thread touches them. */
  private final Queue<Runnable> own = new ArrayDeque<>();

  /** The tasks that other threads have added since the last turn. */
  private final Queue<Runnable> others = new ConcurrentLinkedQueue<>();

  Lane(int tasksInATurn) {
    this.tasksInATurn = tasksInATurn;
  }

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

  /** Runs tasks, among them those that they add themselves; on the loop. */
  void takeTurn(Consumer<Runnable> run) {
    for (Runnable task = others.poll(); task != null; task = others.poll()) {
      own.add(task);
    }
    for (int i = 0; i < tasksInATurn && !own.isEmpty(); i++) {
      run.accept(own.remove());
    }
  }
}
