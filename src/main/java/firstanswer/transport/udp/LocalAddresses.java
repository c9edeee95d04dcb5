package firstanswer.transport.udp;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/** The addresses of this host, which come and go. */
public interface LocalAddresses {
  /**
   * Gives the addresses to {@code look} before this method returns, and then again and again, each
   * time on a thread that serves no queries, until the result of this method runs.
   */
  Runnable watch(Consumer<List<InetAddress>> look);
}
