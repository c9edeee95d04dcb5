package firstanswer.race;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Virtual time: what is to happen happens in order, and what is due at once, first come first. */
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

  /** Has {@code action} happen {@code nanos} from now, 0 or more. */
  void in(long nanos, Runnable action) {
    events.add(new Event(now + nanos, number++, action));
  }

  /** Lets things happen as long as {@code goesOn}; there must be some. */
  void runWhile(BooleanSupplier goesOn) {
    while (goesOn.getAsBoolean()) {
      Event event = events.remove();
      now = event.at();
      event.action().run();
    }
  }
}
