package firstanswer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The load-balancing server of the assignment, as its table servers see it: sends a bare name to
 * each and takes what comes within its time.
 */
public final class AssignmentLs {
  private static final int TIMEOUT_MILLIS = 300;

  private AssignmentLs() {}

  /** Asks on connections that are already open. */
  public static Optional<String> ask(String name, List<Peer> tableServers)
      throws IOException, InterruptedException, ExecutionException {
    for (Peer ts : tableServers) {
      ts.patienceMillis(TIMEOUT_MILLIS);
      ts.send(name);
    }
    List<CompletableFuture<Optional<String>>> answers =
        tableServers.stream().map(ts -> CompletableFuture.supplyAsync(() -> receive(ts))).toList();
    Optional<String> first = Optional.empty();
    for (CompletableFuture<Optional<String>> answer : answers) {
      Optional<String> received = answer.get();
      first = first.or(() -> received);
    }
    return first;
  }

  /** Opens and closes a connection to each for this one query. */
  public static Optional<String> askOnce(String name, int ts1Port, int ts2Port)
      throws IOException, InterruptedException, ExecutionException {
    try (Peer ts1 = Peer.connect(ts1Port);
        Peer ts2 = Peer.connect(ts2Port)) {
      return ask(name, List.of(ts1, ts2));
    }
  }

  private static Optional<String> receive(Peer ts) {
    try {
      return Optional.of(ts.receive());
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
