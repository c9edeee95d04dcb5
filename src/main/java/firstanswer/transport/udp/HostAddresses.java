package firstanswer.transport.udp;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the system for the addresses of this host, every few seconds. */
public final class HostAddresses implements LocalAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(HostAddresses.class);

  /** The longest time from a new address to the first answer that leaves from it. */
  private static final Duration INTERVAL = Duration.ofSeconds(3);

  private static final int LAST_OF_LOOPBACK = 15;

  /**
   * The addresses now, those of links with their zones.
   *
   * <p>On Linux, every address of 127.0.0.0/8 is one of this host, though the system lists only
   * 127.0.0.1. The 16 million others cannot all have a socket. The result has those that are in
   * use: 127.0.0.2 to 127.0.0.15, and 127.0.1.1, the host's own name on Debian.
   *
   * @throws SocketException if the system does not tell
   */
  public static List<InetAddress> now() throws SocketException {
    List<InetAddress> addresses = new ArrayList<>();
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      each.inetAddresses().forEach(addresses::add);
    }
    if (System.getProperty("os.name").equals("Linux")) {
      for (int last = 2; last <= LAST_OF_LOOPBACK; last++) {
        addresses.add(loopback(0, last));
      }
      addresses.add(loopback(1, 1));
    }
    return addresses;
  }

  private static InetAddress loopback(int third, int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, (byte) third, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Runnable watch(Consumer<List<InetAddress>> look) {
    ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, HostAddresses::daemon);
    AtomicBoolean told = new AtomicBoolean();
    lookOnce(look, told);
    ScheduledFuture<?> looking =
        thread.scheduleWithFixedDelay(
            () -> lookOnce(look, told),
            INTERVAL.toMillis(),
            INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
    return () -> {
      looking.cancel(false);
      thread.shutdown();
    };
  }

  private static Thread daemon(Runnable looking) {
    Thread thread = new Thread(looking, "local-addresses");
    thread.setDaemon(true);
    return thread;
  }

  /** Catches every failure, because an exception would end the repetition of this task. */
  private static void lookOnce(Consumer<List<InetAddress>> look, AtomicBoolean told) {
    try {
      look.accept(now());
      told.set(false);
    } catch (SocketException | RuntimeException e) {
      if (!told.getAndSet(true)) {
        LOG.warn("cannot look for new addresses of this host: {}", e.toString());
      }
    }
  }
}
