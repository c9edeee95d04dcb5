package firstanswer.compare;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Measures the processor time of datagrams over loopback without a program behind them. */
final class Floor {
  private static final int WARM_UP = 50_000;
  private static final int DATAGRAMS = 300_000;

  /** A race sends three and receives three: the query, two to servers, and the way back. */
  private static final int OF_A_RACE = 3;

  /** Like a query. */
  private static final int BYTES = 40;

  private Floor() {}

  /** Processor time in microseconds to send and receive what a race of two servers needs. */
  static double raceMicros() throws IOException {
    try (DatagramChannel from = DatagramChannel.open();
        DatagramChannel to = DatagramChannel.open()) {
      to.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      from.connect(to.getLocalAddress());
      to.connect(from.getLocalAddress());
      exchange(from, to, WARM_UP);
      OperatingSystemMXBean process =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long before = process.getProcessCpuTime();
      exchange(from, to, DATAGRAMS);
      long nanos = process.getProcessCpuTime() - before;
      return OF_A_RACE * nanos / 1e3 / DATAGRAMS;
    }
  }

  private static void exchange(DatagramChannel from, DatagramChannel to, int datagrams)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
    for (int i = 0; i < datagrams; i++) {
      from.write(buffer.clear());
      to.read(buffer.clear());
    }
  }
}
