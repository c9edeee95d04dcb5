package firstanswer.upstream.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ways to a name server: UDP sockets, numbered from 1, each at a random port of its own, and
 * TCP. An answer counts only if it comes over the channel of its query (RFC 5452 section 9.1).
 */
final class Channels {
  /** The number of the channel that is no UDP socket. */
  static final int TCP = 0;

  /** Numbers begin again from 1 after this one; far more than are open at a time. */
  private static final int LAST_NUMBER = Short.MAX_VALUE;

  private final int sockets;
  private final RandomIds random;

  /** Those that take new queries, the oldest first. */
  private final List<Integer> open = new ArrayList<>();

  private int unsettled;
  private int lastNumber;

  /** Wants {@code sockets} UDP sockets, 1 to 256, none of which is open yet. */
  Channels(int sockets, RandomIds random) {
    this.sockets = sockets;
    this.unsettled = sockets;
    this.random = random;
  }

  /** The number of a socket that is about to open. */
  int nextNumber() {
    lastNumber = lastNumber % LAST_NUMBER + 1;
    return lastNumber;
  }

  /** The server has another address: returns the sockets that must not be used any more. */
  List<Integer> replaceAll() {
    List<Integer> old = List.copyOf(open);
    open.clear();
    unsettled = sockets;
    return old;
  }

  /** A socket is open; returns the one that it replaces, if there are enough. */
  Optional<Integer> opened(int channel) {
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

  /** Whether as many UDP sockets as are wanted are open. */
  boolean areEnough() {
    return open.size() >= sockets;
  }

  /** How many UDP sockets are wanted. */
  int sockets() {
    return sockets;
  }

  /** Whether as many sockets as are wanted have either opened or failed to open. */
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
