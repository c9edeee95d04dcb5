package firstanswer.resolver;

/** The clock by which queries are timed. It never goes back; its zero means nothing. */
@FunctionalInterface
public interface NanoClock {
  /** The clock of this machine. */
  NanoClock SYSTEM = System::nanoTime;

  /** The time in nanoseconds; compare two readings only by their difference. */
  long nanos();
}
