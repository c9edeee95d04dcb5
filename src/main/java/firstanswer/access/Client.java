package firstanswer.access;

import java.net.InetAddress;

/**
 * A client, as access lists and limits see it.
 *
 * @param network the network that limits count as one client
 */
public record Client(InetAddress address, ClientNetwork network) {
  /** The client at {@code address}. */
  public static Client at(InetAddress address) {
    return new Client(address, ClientNetwork.of(address));
  }
}
