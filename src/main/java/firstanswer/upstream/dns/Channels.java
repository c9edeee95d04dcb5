package firstanswer.upstream.dns;

import java.util.ArrayList;
import java.util.List;

/**
 * The ways to a name server: UDP sockets, numbered from 1, each at a random port of its own, and
 * TCP. An answer counts only if it comes over the channel of its query (RFC 5452 section 9.1).
 */
final class Channels {
  /** The number of the channel that is no UDP socket. */
  static final int TCP = 0;

  private final RandomIds random;
  private final List<Integer> open = new ArrayList<>();
  private int unsettled;

  /** Expects {@code sockets} UDP sockets, 1 to 256, none of which is open yet. */
  Channels(int sockets, RandomIds random) {
    this.unsettled = sockets;
    this.random = random;
  }

  void opened(int channel) {
    open.add(channel);
    unsettled--;
  }

  void notOpened() {
    unsettled--;
  }

  /** Whether each UDP socket has either opened or failed to open. */
  boolean areSettled() {
    return unsettled == 0;
  }

  /** Whether no UDP socket is open. */
  boolean isEmpty() {
    return open.isEmpty();
  }

  /** An open UDP socket, at random; there must be one. */
  int any() {
    return open.get(random.next(open.size()));
  }
}
