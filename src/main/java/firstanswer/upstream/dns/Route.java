package firstanswer.upstream.dns;

import firstanswer.dns.Answer.Unheard;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The way to the server of an {@link Exchange} over UDP: our sockets, and the server's address. */
final class Route {
  private final Channels channels;
  private Optional<InetSocketAddress> server = Optional.empty();
  private boolean lookedUp;
  private String notOpenedReason = "no socket";

  /** Begins without an open channel and without the server's address. */
  Route(Channels channels) {
    this.channels = channels;
  }

  Channels channels() {
    return channels;
  }

  /** The look-up gave {@code address}; true if the address is new. */
  boolean found(InetSocketAddress address) {
    boolean isNew = !server.equals(Optional.of(address));
    server = Optional.of(address);
    lookedUp = true;
    return isNew;
  }

  /** The look-up gave nothing. An earlier address is still the best guess. */
  void notFound() {
    lookedUp = true;
  }

  /** A UDP socket to the server cannot be opened. */
  void notOpened(String reason) {
    notOpenedReason = reason;
    channels.notOpened();
  }

  /** Whether the server's host was looked up, with or without success. */
  boolean isLookedUp() {
    return lookedUp;
  }

  /** Whether queries can be sent. */
  boolean isOpen() {
    return isSettled() && obstacle().isEmpty();
  }

  /** Whether it is known that queries can, or cannot, be sent. */
  boolean isSettled() {
    return lookedUp && (server.isEmpty() || channels.areSettled());
  }

  /** Why no query can be sent; empty if queries can be sent. */
  Optional<Unheard> obstacle() {
    if (server.isEmpty()) {
      return Optional.of(new Unheard(Unheard.Cause.HOST_UNKNOWN));
    }
    return channels.isEmpty()
        ? Optional.of(new Unheard(Unheard.Cause.UNREACHABLE, notOpenedReason))
        : Optional.empty();
  }

  /** The reason why the server is silent, in a word or two for people. */
  String whySilent() {
    if (isOpen()) {
      return "silent";
    }
    return server.isEmpty() ? "host unknown" : notOpenedReason;
  }

  /** The server's address, which must be known. */
  InetSocketAddress server() {
    return server.orElseThrow();
  }

  /** The server's address, if it is known. */
  Optional<InetSocketAddress> knownServer() {
    return server;
  }
}
