package firstanswer.access;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of unread answers of some connections. One limit bounds the bytes of open
 * connections; twice this limit bounds all bytes, including those of connections that are being cut
 * off.
 */
final class Account {
  private final long limit;
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLong leaving = new AtomicLong();

  Account(long limit) {
    this.limit = limit;
  }

  long limit() {
    return limit;
  }

  /** The bytes of connections that are not cut off. */
  long kept() {
    return kept.get();
  }

  /** All bytes. */
  long bytes() {
    return kept.get() + leaving.get();
  }

  /** Whether a connection must be cut off. */
  boolean isOver() {
    return kept.get() > limit;
  }

  /** Whether all bytes exceed twice the limit, so that no further answer may be added. */
  boolean isFull() {
    return bytes() / 2 > limit;
  }

  void add(long bytes) {
    kept.addAndGet(bytes);
  }

  /** {@code bytes} are those of a connection that is being cut off. */
  void leave(long bytes) {
    leaving.addAndGet(bytes);
    kept.addAndGet(-bytes);
  }

  /** Subtracts the bytes of a connection that has ended, and perhaps was cut off before. */
  void remove(long bytes, boolean cutOff) {
    (cutOff ? leaving : kept).addAndGet(-bytes);
  }
}
