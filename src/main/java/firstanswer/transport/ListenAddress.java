package firstanswer.transport;

import firstanswer.config.HostPort;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The addresses that listeners bind. */
public final class ListenAddress {
  private ListenAddress() {}

  /**
   * Looks up the host of {@code address}, on a thread where that may take its time. If there is no
   * such host, binding the result fails.
   */
  public static CompletionStage<InetSocketAddress> lookUp(HostPort address) {
    return CompletableFuture.supplyAsync(
        () -> new InetSocketAddress(address.host(), address.port()));
  }
}
