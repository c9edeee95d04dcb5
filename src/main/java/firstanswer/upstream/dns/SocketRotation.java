package firstanswer.upstream.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Replaces the UDP sockets of an {@link Exchange} one by one while they are in use, so that an
 * attacker who finds out a port cannot use it for long. A socket that is replaced stays open for
 * the answers that are on their way to it.
 */
final class SocketRotation {
  private static final Duration INTERVAL = Duration.ofSeconds(4);

  /** The interval while sockets are missing because some could not be opened. */
  private static final Duration INTERVAL_WHEN_MISSING = Duration.ofSeconds(1);

  private record Retired(int channel, long closeNanos) {}

  private final Channels channels;
  private final Effects effects;
  private final ServerWatch watch;
  private final Queue<Retired> retired = new ArrayDeque<>();
  private long lastNanos;

  SocketRotation(Channels channels, Effects effects, ServerWatch watch) {
    this.channels = channels;
    this.effects = effects;
    this.watch = watch;
  }

  /**
   * Replaces all sockets, because the address of the server or of this host may have changed. A
   * connected socket keeps its own address for as long as it is open.
   */
  void openAll(InetSocketAddress server) {
    lastNanos = watch.nowNanos();
    channels.replaceAll().forEach(this::retire);
    for (int i = 0; i < channels.sockets(); i++) {
      effects.add(new Effect.OpenSocket(channels.nextNumber(), server));
    }
  }

  /** The UDP socket of {@code channel} is open. */
  void onOpened(int channel) {
    channels.opened(channel).ifPresent(this::retire);
  }

  private void retire(int channel) {
    long close = watch.nowNanos() + ServerWatch.LATEST_ANSWER.toNanos();
    retired.add(new Retired(channel, close));
  }

  /**
   * Whether the last socket was opened long enough ago to replace all of them because of a failure.
   */
  boolean mayOpenAll() {
    return watch.nowNanos() - lastNanos >= INTERVAL_WHEN_MISSING.toNanos();
  }

  /** Whether sockets that were replaced are still open. */
  boolean areSomeRetired() {
    return !retired.isEmpty();
  }

  /**
   * One tick has passed: closes sockets that were replaced long enough ago, and opens one if it is
   * time.
   *
   * @param server the address of the server, if it is known
   * @param inUse whether any answer may come
   */
  void onTick(Optional<InetSocketAddress> server, boolean inUse) {
    while (!retired.isEmpty() && retired.peek().closeNanos() <= watch.nowNanos()) {
      effects.add(new Effect.CloseSocket(retired.remove().channel()));
    }
    Duration interval = channels.areEnough() ? INTERVAL : INTERVAL_WHEN_MISSING;
    if (inUse && watch.nowNanos() - lastNanos >= interval.toNanos()) {
      server.ifPresent(this::openOne);
    }
  }

  /** Opens one more socket. */
  void openOne(InetSocketAddress server) {
    lastNanos = watch.nowNanos();
    effects.add(new Effect.OpenSocket(channels.nextNumber(), server));
  }
}
