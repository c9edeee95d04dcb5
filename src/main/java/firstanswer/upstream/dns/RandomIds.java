package firstanswer.upstream.dns;

import java.security.SecureRandom;

/**
 * Random message ids and sockets, which nobody can foresee (RFC 5452 section 4.5). Draws random
 * bytes in bulk: single bytes cost ten times as much. Only one thread may use an instance.
 */
final class RandomIds {
  private static final int DRAWN_AT_ONCE = 4096;

  private final SecureRandom random = new SecureRandom();
  private final byte[] drawn = new byte[DRAWN_AT_ONCE];
  private int used = DRAWN_AT_ONCE;

  /** A random id, 0 to 65,535. */
  int nextId() {
    if (used == DRAWN_AT_ONCE) {
      random.nextBytes(drawn);
      used = 0;
    }
    return (drawn[used++] & 0xff) << 8 | (drawn[used++] & 0xff);
  }

  /** A random number from 0 to {@code bound} - 1; {@code bound} is at most 256. */
  int next(int bound) {
    return nextId() % bound;
  }
}
