package firstanswer.access;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the connections of all listeners of a process to what its limit of open files (ulimit -n)
 * leaves room for. Beyond that, the system refuses to accept a connection, and its client waits and
 * hears nothing. So we close connections ourselves before that happens.
 */
public final class OpenFiles {
  /**
   * Files for everything else: some 15 that a process always has open, and others for a moment, for
   * connections that are being refused, table files, and the look-up of names.
   */
  private static final int OURS = 64;

  private static final int FEW = 16;
  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

  private final int maxConnections;
  private final AtomicInteger connections = new AtomicInteger();

  public OpenFiles(int maxConnections) {
    this.maxConnections = maxConnections;
  }

  /** The limit of this process, which needs {@code others} files for UDP and its upstreams. */
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

  /** Counts one more connection, if there is room. */
  public boolean tryOpen() {
    if (connections.incrementAndGet() <= maxConnections) {
      return true;
    }
    connections.decrementAndGet();
    return false;
  }

  /** Counts one connection less. */
  public void close() {
    connections.decrementAndGet();
  }

  /** Half of the limit, at least 1: the most for one client, so that it keeps nobody out. */
  public int half() {
    return Math.max(1, maxConnections / 2);
  }
}
