package firstanswer.figures;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Locale;

/** Reports how much of the machine the process uses. */
public final class ProcessFigures {
  private static final long MIB = 1 << 20;

  private ProcessFigures() {}

  /** The figures now, as one line for people. */
  public static String line() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return String.format(
        Locale.ROOT,
        "process: up %d s, %s%d threads, heap %d of %d MiB",
        ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
        ofUnix(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        heap.getUsed() / MIB,
        heap.getMax() / MIB);
  }

  private static String ofUnix() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? String.format(
            Locale.ROOT,
            "%.1f s of processor, %d of %d open files, ",
            unix.getProcessCpuTime() / 1e9,
            unix.getOpenFileDescriptorCount(),
            unix.getMaxFileDescriptorCount())
        : "";
  }
}
