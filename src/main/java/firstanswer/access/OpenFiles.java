package firstanswer.access;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the connections of all listeners of a process by the files that the system lets it have
 * open. Where the system refuses one more, Akka's listener tries to accept again and again: nobody
 * gets in, a processor is busy with that, and nothing says so. So we close connections ourselves
 * before it comes to that.
 */
public final class OpenFiles {
  /**
   * What a process holds beside connections of clients, some 15, and what it may need for a moment:
   * for connections that are being refused, for tables, for the look-up of names.
   */
  private static final int OURS = 64;

  private static final int FEW = 16;
  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

  private final int maxConnections;
  private final AtomicInteger connections = new AtomicInteger();

  public OpenFiles(int maxConnections) {
    this.maxConnections = maxConnections;
  }

  /** Of this process, which needs {@code others} for what it asks itself. */
  public static OpenFiles ofProcess(int others) {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            ? system.getMaxFileDescriptorCount()
            : Integer.MAX_VALUE;
    long left = Math.min(files, Integer.MAX_VALUE) - OURS - others;
    if (left < FEW) {
      LOG.warn(
          "the limit of open files (ulimit -n) is {}, too low for clients over TCP: raise it by {}",
          files,
          FEW - left);
    }
    return new OpenFiles((int) Math.max(1, left));
  }

  /** Counts one connection more, if there is room. */
  public boolean tryOpen() {
    if (connections.incrementAndGet() <= maxConnections) {
      return true;
    }
    connections.decrementAndGet();
    return false;
  }

  /** One connection less. */
  public void close() {
    connections.decrementAndGet();
  }

  /** Half of all, at least 1: what one client may have, so that it keeps nobody out. */
  public int half() {
    return Math.max(1, maxConnections / 2);
  }
}
