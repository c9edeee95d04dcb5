package firstanswer.testing.chaos;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Counts the events that befell servers and clients, and keeps those that failed. */
public final class Events {
  /** Something that is done on a thread of its own. */
  interface Deed {
    void run() throws Exception;
  }

  private final Map<String, Integer> counts = new TreeMap<>();
  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();

  synchronized void count(String kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  /** The same, but that its failure is kept rather than lost with the thread. */
  Runnable watched(Deed deed) {
    return () -> {
      try {
        deed.run();
      } catch (Exception e) {
        troubles.add(e.toString());
      }
    };
  }

  /** The events that could not be carried out. */
  public List<String> troubles() {
    return List.copyOf(troubles);
  }

  @Override
  public synchronized String toString() {
    return counts.toString();
  }
}
