package firstanswer.transport.udp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UDP sockets whose answers leave from the address that was asked, at wildcard addresses, too.
 *
 * <p>A single wildcard socket does not learn which address a datagram was sent to (Java has no
 * {@code IP_PKTINFO}), so the system picks the address of the answer. Where a host has several
 * addresses, it may pick another than the one that was asked, and the client drops the answer.
 * Therefore a wildcard address gets one socket for each address of the host, at the same port. The
 * system gives each datagram to the socket with the closest address. Addresses of the host that
 * come and go are followed.
 *
 * <p>The wildcard socket stays open beside the others. It is the first, so that its port is taken
 * from all other programs, and it serves the addresses that have no socket: those that have just
 * come, those over the limit, and the rest of 127.0.0.0/8. Their answers leave from an address that
 * the system picks.
 */
public final class EveryAddress implements UdpTransport {
  private static final Logger LOG = LoggerFactory.getLogger(EveryAddress.class);

  /** The most sockets beside one at a wildcard address. */
  private static final int MAX_SOCKETS = 256;

  /**
   * Open files kept for addresses that the host gets later; beyond, sockets use those of clients.
   */
  private static final int MORE_ADDRESSES = 16;

  /** A new IPv6 address cannot be bound in its first second; so the first failure is no news. */
  private static final int FAILURES_TO_TELL = 2;

  private final UdpTransport udp;
  private final LocalAddresses addresses;

  /** Opens sockets with {@code udp}, at {@code addresses} in place of a wildcard address. */
  public EveryAddress(UdpTransport udp, LocalAddresses addresses) {
    this.udp = udp;
    this.addresses = addresses;
  }

  /** The sockets that a wildcard address may need on this host. */
  public static int sockets() {
    try {
      return Math.min(MAX_SOCKETS, HostAddresses.now().size() + MORE_ADDRESSES);
    } catch (SocketException e) {
      return MORE_ADDRESSES;
    }
  }

  @Override
  public CompletionStage<UdpSocket> bind(InetSocketAddress address, Receiver receiver) {
    return address.isUnresolved() || !address.getAddress().isAnyLocalAddress()
        ? udp.bind(address, receiver)
        : bindShared(address, receiver)
            .thenApply(
                wildcard -> {
                  Sockets sockets = new Sockets(wildcard, address.getAddress(), receiver);
                  sockets.watch();
                  return sockets;
                });
  }

  @Override
  public CompletionStage<UdpSocket> bindShared(InetSocketAddress address, Receiver receiver) {
    return udp.bindShared(address, receiver);
  }

  @Override
  public CompletionStage<UdpSocket> connect(InetSocketAddress peer, Receiver receiver) {
    return udp.connect(peer, receiver);
  }

  /** A wildcard socket and those beside it, which are one to its user. */
  private final class Sockets implements UdpSocket {
    private final UdpSocket wildcard;
    private final boolean onlyIpv4;
    private final Receiver receiver;

    /** By the address as text: two addresses of links are equal even if their zones differ. */
    private final Map<String, UdpSocket> single = new HashMap<>();

    private final Map<String, Integer> failures = new HashMap<>();
    private Runnable stop = () -> {};
    private boolean closed;

    Sockets(UdpSocket wildcard, InetAddress asked, Receiver receiver) {
      this.wildcard = wildcard;
      this.onlyIpv4 = asked instanceof Inet4Address;
      this.receiver = receiver;
    }

    private void watch() {
      stop = addresses.watch(this::look);
    }

    private synchronized void look(List<InetAddress> present) {
      if (closed) {
        return;
      }
      Map<String, InetAddress> wanted = new LinkedHashMap<>();
      present.stream()
          .filter(address -> !onlyIpv4 || address instanceof Inet4Address)
          .limit(MAX_SOCKETS)
          .forEach(address -> wanted.put(address.getHostAddress(), address));
      closeOthersThan(wanted.keySet());
      wanted.forEach(
          (text, address) -> {
            if (!single.containsKey(text)) {
              open(text, address);
            }
          });
    }

    private void closeOthersThan(Set<String> wanted) {
      failures.keySet().retainAll(wanted);
      single
          .entrySet()
          .removeIf(
              socket -> {
                boolean gone = !wanted.contains(socket.getKey());
                if (gone) {
                  socket.getValue().close();
                }
                return gone;
              });
    }

    private void open(String text, InetAddress address) {
      bindShared(new InetSocketAddress(address, wildcard.address().getPort()), receiver)
          .whenComplete(
              (socket, failure) -> {
                if (failure == null) {
                  opened(text, socket);
                } else {
                  failed(text, failure);
                }
              });
    }

    private synchronized void opened(String text, UdpSocket socket) {
      failures.remove(text);
      if (closed || single.putIfAbsent(text, socket) != null) {
        socket.close();
      }
    }

    private synchronized void failed(String text, Throwable failure) {
      if (failures.merge(text, 1, Integer::sum) == FAILURES_TO_TELL) {
        LOG.warn(
            "cannot listen at {}, port {}, alone: {}; answers may leave from another address",
            text,
            wildcard.address().getPort(),
            failure.getMessage());
      }
    }

    @Override
    public InetSocketAddress address() {
      return wildcard.address();
    }

    @Override
    public void send(byte[] datagram, InetSocketAddress to) {
      wildcard.send(datagram, to);
    }

    @Override
    public synchronized void close() {
      closed = true;
      stop.run();
      single.values().forEach(UdpSocket::close);
      wildcard.close();
    }
  }
}
