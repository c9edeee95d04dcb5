package firstanswer.race;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Virtual time: runs actions in the order of their times; actions of the same time, in turn. */
final class Simulation {
  private record Event(long at, long number, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private long now;
  private long number;

  /** Nanoseconds since the beginning. */
  long now() {
    return now;
  }

  /** Runs {@code action} after {@code nanos}, 0 or more. */
  void in(long nanos, Runnable action) {
    events.add(new Event(now + nanos, number++, action));
  }

  /** Runs actions while {@code goesOn}; there must be actions until then. */
  void runWhile(BooleanSupplier goesOn) {
    while (goesOn.getAsBoolean()) {
      Event event = events.remove();
      now = event.at();
      event.action().run();
    }
  }
}
