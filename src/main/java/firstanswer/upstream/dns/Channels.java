package firstanswer.upstream.dns;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The channels to a name server: UDP sockets, numbered from 1, each at a random port of its own,
 * and TCP. An answer counts only over the channel of its query (RFC 5452 section 9.1).
 */
final class Channels {
  /** The number of the TCP channel. */
  static final int TCP = 0;

  /** The last number of a socket, before 1 follows again; far more than are open at a time. */
  private static final int LAST_NUMBER = Short.MAX_VALUE;

  private final int sockets;
  private final RandomIds random;

  /** The sockets that take new queries, oldest first. */
  private final List<Integer> open = new ArrayList<>();

  /** The sockets that are opening, to the present address of the server. */
  private final Set<Integer> expected = new HashSet<>();

  private int unsettled;
  private int lastNumber;

  /** Begins without an open socket; {@code sockets} are wanted, 1 to 256. */
  Channels(int sockets, RandomIds random) {
    this.sockets = sockets;
    this.unsettled = sockets;
    this.random = random;
  }

  /** The number of a socket that is about to open. */
  int nextNumber() {
    lastNumber = lastNumber % LAST_NUMBER + 1;
    expected.add(lastNumber);
    return lastNumber;
  }

  /** The server has another address: returns the sockets to retire. */
  List<Integer> replaceAll() {
    List<Integer> old = List.copyOf(open);
    open.clear();
    expected.clear();
    unsettled = sockets;
    return old;
  }

  /** A socket is open; returns the socket that it replaces, if there are enough. */
  Optional<Integer> opened(int channel) {
    if (!expected.remove(channel)) {
      // It was to open for a former address of the server.
      return Optional.of(channel);
    }
    open.add(channel);
    settleOne();
    return open.size() > sockets ? Optional.of(open.remove(0)) : Optional.empty();
  }

  void notOpened() {
    settleOne();
  }

  private void settleOne() {
    unsettled = Math.max(0, unsettled - 1);
  }

  /** Whether all wanted UDP sockets are open. */
  boolean areEnough() {
    return open.size() >= sockets;
  }

  /** The number of wanted UDP sockets. */
  int sockets() {
    return sockets;
  }

  /** Whether all wanted sockets have either opened or failed to open. */
  boolean areSettled() {
    return unsettled == 0;
  }

  /** Whether no UDP socket is open. */
  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Whether the UDP socket takes new queries. */
  boolean isOpen(int channel) {
    return open.contains(channel);
  }

  /** An open UDP socket, at random; there must be one. */
  int any() {
    return open.get(random.next(open.size()));
  }
}
