package firstanswer.transport.tcp;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.ActorAttributes;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Graph;
import akka.stream.KillSwitches;
import akka.stream.Materializer;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import firstanswer.config.HostPort;
import firstanswer.transport.ListenAddress;
import firstanswer.transport.OpenListener;
import firstanswer.transport.loop.EventLoop;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Accepts TCP connections as far as a gate lets them in, and runs a conversation on each. The
 * protocol says what a conversation is.
 *
 * @param <R> why a connection is not let in
 */
public final class TcpListener<R> {
  /**
   * Decides which connections are let in, and counts them.
   *
   * @param <R> why one is not
   */
  public interface Gate<R> {
    /** Counts a connection of {@code client} if there is room; otherwise says why there is none. */
    Optional<R> tryOpen(InetAddress client);

    /** The count of what waits to be sent to {@code client} over a connection that was let in. */
    Unsent unsent(InetAddress client);

    /**
     * A connection of {@code client} that was let in ends when {@code end} completes, normally or
     * not. The gate gives its room back on the thread that ends the connection, so that a client
     * that sees its connection closed finds the room free.
     */
    void closedWith(InetAddress client, CompletionStage<Done> end);

    /** Lets nobody in from now on; completes when the last connection has ended. */
    CompletionStage<Done> allClosed();
  }

  /** A connection that was let in: its client, and the count of what waits to be sent over it. */
  public record Accepted(InetAddress client, Unsent unsent) {}

  /**
   * The listener accepts no connection while this many are being refused: each of those holds an
   * open file until its client has been told.
   */
  private static final int REFUSALS_AT_A_TIME = 8;

  private static final Duration REFUSAL_TIMEOUT = Duration.ofSeconds(1);

  /**
   * The size of the system's send buffer in bytes; Linux doubles it. The system takes more bytes
   * only when a third of the buffer is free. With a larger buffer, a client that reads slowly would
   * thus seem to read nothing for a long time. By default, the buffer grows to megabytes.
   */
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  /** Connections yield to the processing of queries: see akka.conf. */
  private static final Attributes YIELDING =
      ActorAttributes.dispatcher("akka.actor.connections-dispatcher");

  private final Gate<R> gate;
  private final Duration idleTimeout;
  private final Duration writeTimeout;
  private final SharedKillSwitch noMoreQueries = KillSwitches.shared("no-more-queries");

  /**
   * Closes a connection on which nothing is sent either way for {@code idleTimeout}, or whose
   * client takes nothing of what is sent for {@code writeTimeout}.
   */
  public TcpListener(Gate<R> gate, Duration idleTimeout, Duration writeTimeout) {
    this.gate = gate;
    this.idleTimeout = idleTimeout;
    this.writeTimeout = writeTimeout;
  }

  /**
   * Binds {@code address}; fails if that is not possible. May be called again with other addresses.
   * All have this one gate, and to drain the listener at one address drains it at all.
   *
   * @param conversation with a client, from its bytes to those for it
   * @param refusal what a client is told whose connection is not let in
   */
  public CompletionStage<OpenListener> bind(
      HostPort address,
      Function<Accepted, Flow<ByteString, ByteString, NotUsed>> conversation,
      Function<R, Flow<ByteString, ByteString, NotUsed>> refusal,
      ActorSystem<?> system) {
    Materializer materializer = Materializer.matFromSystem(system);
    return ListenAddress.lookUp(address)
        .thenApplyAsync(
            found ->
                Acceptor.bind(
                    EventLoop.current(),
                    found,
                    new Acceptor.Options(SEND_BUFFER_BYTES, REFUSALS_AT_A_TIME),
                    connection -> take(connection, conversation, refusal, materializer)),
            EventLoop.executor(system))
        .thenApply(acceptor -> bound(address, acceptor));
  }

  private CompletionStage<Done> take(
      SocketChannel connection,
      Function<Accepted, Flow<ByteString, ByteString, NotUsed>> conversation,
      Function<R, Flow<ByteString, ByteString, NotUsed>> refusal,
      Materializer materializer) {
    InetAddress client = connection.socket().getInetAddress();
    Flow<ByteString, ByteString, NotUsed> flow = Flow.fromGraph(new TcpConnection(connection));
    return gate.tryOpen(client)
        .map(why -> refused(flow, refusal.apply(why), materializer))
        .orElseGet(() -> letIn(flow, client, conversation, materializer));
  }

  private CompletionStage<Done> letIn(
      Flow<ByteString, ByteString, NotUsed> connection,
      InetAddress client,
      Function<Accepted, Flow<ByteString, ByteString, NotUsed>> conversation,
      Materializer materializer) {
    Accepted accepted = new Accepted(client, gate.unsent(client));
    connection
        .join(counted(conversation.apply(accepted), accepted))
        .withAttributes(YIELDING)
        .run(materializer);
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  /** Completes, and never exceptionally, when the connection is over. */
  private static CompletionStage<Done> refused(
      Flow<ByteString, ByteString, NotUsed> connection,
      Flow<ByteString, ByteString, NotUsed> refusal,
      Materializer materializer) {
    CompletableFuture<Done> over = new CompletableFuture<>();
    connection
        .join(
            refusal
                .completionTimeout(REFUSAL_TIMEOUT)
                .watchTermination(
                    (unused, end) ->
                        end.whenComplete((done, failure) -> over.complete(Done.getInstance()))))
        .withAttributes(YIELDING)
        .run(materializer);
    return over;
  }

  private Flow<ByteString, ByteString, NotUsed> counted(
      Flow<ByteString, ByteString, NotUsed> conversation, Accepted accepted) {
    return BidiFlow.fromGraph(new IdleClose(idleTimeout))
        .join(conversation.via(new AnswerWriter(writeTimeout, accepted.unsent())))
        .watchTermination(
            (unused, end) -> {
              gate.closedWith(accepted.client(), end);
              return unused;
            });
  }

  /** Queries pass through this flow until the listener is drained. */
  public <T> Graph<FlowShape<T, T>, SharedKillSwitch> untilDrained() {
    return noMoreQueries.flow();
  }

  private OpenListener bound(HostPort asked, Acceptor acceptor) {
    HostPort address = asked.boundTo(acceptor.address());
    return new OpenListener() {
      @Override
      public HostPort address() {
        return address;
      }

      @Override
      public CompletionStage<Done> drain() {
        return acceptor
            .close()
            .thenCompose(
                unbound -> {
                  noMoreQueries.shutdown();
                  return gate.allClosed();
                });
      }
    };
  }
}
