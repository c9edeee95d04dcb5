package firstanswer.frontend;

import akka.Done;
import firstanswer.codec.wire.Query;
import firstanswer.codec.wire.QueryReader;
import firstanswer.codec.wire.Received;
import firstanswer.codec.wire.ResponseWriter;
import firstanswer.dns.Answer;
import firstanswer.resolver.Asker;
import firstanswer.settings.AccessList;
import firstanswer.settings.HostPort;
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
 * Listens for DNS over UDP in front of a resolver. A query for which there is no room is told to
 * come back over TCP, where we can hold it back.
 */
final class DnsUdpListener {
  private final AccessList allowed;
  private final Asker asker;
  private final InFlight inFlight;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final CompletableFuture<Done> drained = new CompletableFuture<>();

  /** Queries in flight, and the listener itself until it drains. */
  private final AtomicInteger holders = new AtomicInteger(1);

  /** In front of {@code asker}, for those {@code allowed}. */
  DnsUdpListener(AccessList allowed, Asker asker, InFlight inFlight) {
    this.allowed = allowed;
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
    if (received instanceof Received.Answered answered) {
      socket.send(answered.response().bytes(), from);
    } else if (received instanceof Received.ToResolve toResolve) {
      if (!allowed.allows(from.getAddress())) {
        socket.send(ResponseWriter.refused(toResolve.query()), from);
      } else if (!draining.get()) {
        resolve(toResolve.query(), from, socket);
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

  private void resolve(Query query, InetSocketAddress from, UdpSocket socket) {
    holders.incrementAndGet();
    Optional<CompletionStage<Answer>> answer = inFlight.tryStart(() -> asker.ask(query.question()));
    if (answer.isEmpty()) {
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
