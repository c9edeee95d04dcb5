package firstanswer.frontend;

import akka.Done;
import firstanswer.access.ClientLimits;
import firstanswer.access.ClientNetwork;
import firstanswer.access.InFlight;
import firstanswer.access.Refusal;
import firstanswer.codec.wire.Query;
import firstanswer.codec.wire.QueryReader;
import firstanswer.codec.wire.Received;
import firstanswer.codec.wire.ResponseWriter;
import firstanswer.config.HostPort;
import firstanswer.dns.Answer;
import firstanswer.resolver.Asker;
import firstanswer.transport.Bound;
import firstanswer.transport.UdpTransport;
import firstanswer.transport.UdpTransport.UdpSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Listens for DNS over UDP in front of a resolver. A query that is over a limit is told to come
 * back over TCP, where we can hold it back, and where nobody can ask under another's address.
 */
final class DnsUdpListener {
  private final ClientLimits limits;
  private final Asker asker;
  private final InFlight inFlight;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final CompletableFuture<Done> drained = new CompletableFuture<>();

  /** Queries in flight, and the listener itself until it drains. */
  private final AtomicInteger holders = new AtomicInteger(1);

  /** In front of {@code asker}, for clients within {@code limits}. */
  DnsUdpListener(ClientLimits limits, Asker asker, InFlight inFlight) {
    this.limits = limits;
    this.asker = asker;
    this.inFlight = inFlight;
  }

  /** Binds {@code address}; fails if that is not possible. */
  CompletionStage<Bound> bind(HostPort address, UdpTransport transport) {
    return transport
        .bind(new InetSocketAddress(address.host(), address.port()), this::received)
        .thenApply(this::bound);
  }

  private Bound bound(UdpSocket socket) {
    CompletionStage<Done> closed =
        drained.thenApply(
            done -> {
              socket.close();
              return done;
            });
    return new Bound() {
      @Override
      public HostPort address() {
        return HostPort.of(socket.address());
      }

      @Override
      public CompletionStage<Done> drain() {
        if (!draining.getAndSet(true)) {
          letGo();
        }
        return closed;
      }
    };
  }

  private void received(byte[] datagram, InetSocketAddress from, UdpSocket socket) {
    Received received = QueryReader.read(withinLimit(datagram));
    ClientNetwork client = ClientNetwork.of(from.getAddress());
    if (received instanceof Received.ToResolve toResolve) {
      resolveIfWithinLimits(toResolve.query(), client, from, socket);
    } else if (received instanceof Received.Answered answered) {
      if (limits.withinRate(client)) {
        socket.send(answered.response().bytes(), from);
      } else {
        limits.refused(Refusal.RATE, client);
      }
    }
  }

  /**
   * As much as a buffer of that size would have taken: thousands of queries in flight, of 64 KB
   * each, would be too much to hold. What has been cut is not well-formed, and its sender is told.
   */
  private static byte[] withinLimit(byte[] datagram) {
    return datagram.length <= DnsListener.MAX_QUERY_BYTES
        ? datagram
        : Arrays.copyOf(datagram, DnsListener.MAX_QUERY_BYTES);
  }

  private void resolveIfWithinLimits(
      Query query, ClientNetwork client, InetSocketAddress from, UdpSocket socket) {
    if (!limits.allows(from.getAddress())) {
      limits.refused(Refusal.NOT_ALLOWED, client);
      socket.send(ResponseWriter.refused(query), from);
    } else if (!limits.withinRate(client)) {
      limits.refused(Refusal.RATE, client);
      socket.send(ResponseWriter.truncated(query), from);
    } else if (!draining.get()) {
      resolve(query, client, from, socket);
    }
  }

  private void resolve(
      Query query, ClientNetwork client, InetSocketAddress from, UdpSocket socket) {
    holders.incrementAndGet();
    Optional<CompletionStage<Answer>> answer =
        inFlight.tryStart(client, () -> asker.ask(query.question()));
    if (answer.isEmpty()) {
      limits.refused(Refusal.IN_FLIGHT, client);
      socket.send(ResponseWriter.truncated(query), from);
      letGo();
      return;
    }
    answer
        .get()
        .whenComplete(
            (said, failure) -> {
              socket.send(
                  DnsListener.response(query, said, ResponseWriter.maxUdpBytes(query)), from);
              letGo();
            });
  }

  private void letGo() {
    if (holders.decrementAndGet() == 0) {
      drained.complete(Done.getInstance());
    }
  }
}
