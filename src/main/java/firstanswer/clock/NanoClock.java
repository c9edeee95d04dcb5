package firstanswer.clock;

/** The clock that times queries. The clock never goes back, and its zero has no meaning. */
@FunctionalInterface
public interface NanoClock {
  /** The clock of this machine. */
  NanoClock SYSTEM = System::nanoTime;

  /** The time in nanoseconds; compare two readings only by their difference. */
  long nanos();
}
