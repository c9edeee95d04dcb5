package firstanswer.upstream.dns;

import firstanswer.dns.Answer.Unheard;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The way to the server of an {@link Exchange} over UDP: our sockets, and the server's address. */
final class Route {
  private final Channels channels;
  private Optional<InetSocketAddress> server = Optional.empty();
  private boolean lookedUp;

  /** Nothing is known yet of the {@code channels}, nor of the server's address. */
  Route(Channels channels) {
    this.channels = channels;
  }

  Channels channels() {
    return channels;
  }

  void found(InetSocketAddress address) {
    server = Optional.of(address);
    lookedUp = true;
  }

  /** The look-up gave nothing. An address that was found before is still the best guess. */
  void notFound() {
    lookedUp = true;
  }

  /** Whether the server's host was looked up, with or without success. */
  boolean isLookedUp() {
    return lookedUp;
  }

  /** Whether queries can be sent. */
  boolean isOpen() {
    return isSettled() && obstacle().isEmpty();
  }

  /** Whether it is known if queries can be sent. */
  boolean isSettled() {
    return lookedUp && channels.areSettled();
  }

  /** Why no query can be sent; empty if queries can be sent. */
  Optional<Unheard> obstacle() {
    if (channels.isEmpty()) {
      return Optional.of(new Unheard(Unheard.Cause.UNREACHABLE, "no socket"));
    }
    return server.isEmpty()
        ? Optional.of(new Unheard(Unheard.Cause.HOST_UNKNOWN))
        : Optional.empty();
  }

  /** The server's address, which must be known. */
  InetSocketAddress server() {
    return server.orElseThrow();
  }

  /** Whether {@code from} is the server's address and port. */
  boolean isServer(InetSocketAddress from) {
    return server.isPresent() && from.equals(server.get());
  }
}
