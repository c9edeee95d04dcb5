package firstanswer.access;

import java.net.InetAddress;

/**
 * Who asks.
 *
 * @param network what counts as this client where limits are counted
 */
public record Client(InetAddress address, ClientNetwork network) {
  /** The client at {@code address}. */
  public static Client at(InetAddress address) {
    return new Client(address, ClientNetwork.of(address));
  }
}
