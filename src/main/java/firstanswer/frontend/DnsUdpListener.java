package firstanswer.frontend;

import akka.Done;
import firstanswer.access.Client;
import firstanswer.access.Refusal;
import firstanswer.codec.wire.ClientMessage;
import firstanswer.codec.wire.ClientQuery;
import firstanswer.codec.wire.QueryReader;
import firstanswer.codec.wire.ResponseWriter;
import firstanswer.config.HostPort;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query.Protocol;
import firstanswer.resolver.Query.Transport;
import firstanswer.transport.ListenAddress;
import firstanswer.transport.OpenListener;
import firstanswer.transport.udp.UdpTransport;
import firstanswer.transport.udp.UdpTransport.UdpSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Listens for DNS over UDP. The client of a query over a limit is told to come back over TCP: there
 * we can hold the query back, and nobody can forge the client's address.
 */
final class DnsUdpListener {
  private final Service service;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final CompletableFuture<Done> drained = new CompletableFuture<>();

  /** The number of queries in flight, plus one for the listener itself until it drains. */
  private final AtomicInteger holders = new AtomicInteger(1);

  /** Creates a listener for {@code service}. */
  DnsUdpListener(Service service) {
    this.service = service;
  }

  /**
   * Binds {@code address}, one of several perhaps; fails if that is not possible. The listener that
   * belongs to the socket is {@link #at}.
   */
  CompletionStage<UdpSocket> bind(HostPort address, UdpTransport udp) {
    return ListenAddress.lookUp(address).thenCompose(found -> udp.bind(found, this::received));
  }

  /** The listener at {@code socket}. Draining one drains those at all sockets. */
  OpenListener at(UdpSocket socket) {
    CompletionStage<Done> closed =
        drained.thenApply(
            done -> {
              socket.close();
              return done;
            });
    return new OpenListener() {
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
    if (!QueryReader.mayBeQuery(datagram) || SourcePort.repliesToAnything(from.getPort())) {
      return;
    }
    Client client = Client.at(from.getAddress());
    Optional<Refusal> refusal = service.admission().check(client);
    if (refusal.isPresent() && !service.admission().tells(refusal.get())) {
      return;
    }
    ClientMessage message = QueryReader.read(withinLimit(datagram));
    if (refusal.isPresent()) {
      refuse(refusal.get(), message, from, socket);
    } else if (message instanceof ClientQuery
        || !SourcePort.isOfNameServer(from.getPort(), socket.address().getPort())) {
      answer(message, client, from, socket);
    }
  }

  private void answer(
      ClientMessage message, Client client, InetSocketAddress from, UdpSocket socket) {
    Optional<byte[]> immediate = ImmediateResponse.to(message);
    if (immediate.isPresent()) {
      socket.send(immediate.get(), from);
    } else if (message instanceof ClientQuery query && !draining.get()) {
      resolve(query, client, from, socket);
    }
  }

  /**
   * Cuts a datagram to the longest query, because thousands of queries in flight with 64 KB each
   * would need too much memory. A query that was cut is not well-formed, so its sender gets an
   * error.
   */
  private static byte[] withinLimit(byte[] datagram) {
    return datagram.length <= DnsListener.MAX_QUERY_BYTES
        ? datagram
        : Arrays.copyOf(datagram, DnsListener.MAX_QUERY_BYTES);
  }

  /**
   * A message that is no readable query gets nothing: its sender may not even be allowed to ask.
   */
  private static void refuse(
      Refusal why, ClientMessage message, InetSocketAddress from, UdpSocket socket) {
    if (message instanceof ClientQuery query) {
      socket.send(
          why == Refusal.NOT_ALLOWED
              ? ResponseWriter.refused(query)
              : ResponseWriter.truncated(query),
          from);
    }
  }

  private void resolve(ClientQuery query, Client client, InetSocketAddress from, UdpSocket socket) {
    holders.incrementAndGet();
    Optional<CompletionStage<Outcome>> outcome =
        service
            .admission()
            .startIfRoom(
                client,
                () -> service.resolve(query.question(), Protocol.DNS, Transport.UDP, client));
    if (outcome.isEmpty()) {
      socket.send(ResponseWriter.truncated(query), from);
      letGo();
      return;
    }
    outcome
        .get()
        .whenComplete(
            (told, failure) -> {
              Outcome known = failure == null ? told : Outcome.INTERNAL_ERROR;
              socket.send(DnsReply.write(query, known, ResponseWriter.maxUdpBytes(query)), from);
              letGo();
            });
  }

  private void letGo() {
    if (holders.decrementAndGet() == 0) {
      drained.complete(Done.getInstance());
    }
  }
}
