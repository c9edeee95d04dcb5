package firstanswer.access;

import firstanswer.transport.tcp.Unsent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Limits the memory that answers take until their clients read them, over all connections of a
 * process. One client gets at most half. Over a limit, the connection with the most unread answers
 * is cut off. A client that reads has few, so this hits clients that do not read, and the others
 * neither wait nor get an error.
 *
 * <p>A connection that is cut off gives its memory back a moment later, when its stages end. Until
 * then, its answers are counted separately, so that no further connection is cut off because of
 * them. In that moment, however, many answers can arrive: one outcome may answer thousands of
 * identical questions. So a second limit, twice as large, covers the answers of open and of cut-off
 * connections together. A connection that gets an answer beyond this limit is cut off, too.
 */
public final class UnsentAnswers {
  private final Account all;

  /** Clients with connections. Its lock is held to add, remove and choose connections. */
  private final Map<ClientNetwork, OfClient> clients = new HashMap<>();

  /** Lets answers take {@code limit} bytes. */
  public UnsentAnswers(long limit) {
    this.all = new Account(limit);
  }

  /** Lets answers take a share of the memory that this process may use, from 0 to 1. */
  public static UnsentAnswers ofProcess(double share) {
    return new UnsentAnswers((long) (Runtime.getRuntime().maxMemory() * share));
  }

  /**
   * Counts for a new connection of {@code client}.
   *
   * @param onCutOff runs when the connection is cut off for its unread answers
   */
  Unsent open(ClientNetwork client, Runnable onCutOff) {
    synchronized (clients) {
      OfClient ofClient =
          clients.computeIfAbsent(client, c -> new OfClient(c, new Account(all.limit() / 2)));
      Connection connection = new Connection(ofClient, onCutOff);
      ofClient.connections.add(connection);
      return connection;
    }
  }

  /** The bytes that unread answers take now. */
  public long bytes() {
    return all.bytes();
  }

  private void keepWithinLimits(OfClient client) {
    synchronized (clients) {
      while (client.account.isOver() && cutOffLargest(client.connections.stream())) {}
      while (all.isOver() && cutOffLargest(ofLargestClient())) {}
    }
  }

  private Stream<Connection> ofLargestClient() {
    return clients.values().stream()
        .max(Comparator.comparingLong(client -> client.account.kept()))
        .stream()
        .flatMap(client -> client.connections.stream());
  }

  /** Cuts off the connection with the most unread answers; false if none has any. */
  private static boolean cutOffLargest(Stream<Connection> connections) {
    Optional<Connection> largest =
        connections
            .filter(connection -> connection.kept() > 0)
            .max(Comparator.comparingLong(Connection::kept));
    largest.ifPresent(Connection::cutOff);
    return largest.isPresent();
  }

  private void forget(OfClient client, Connection connection) {
    synchronized (clients) {
      client.connections.remove(connection);
      if (client.connections.isEmpty()) {
        clients.remove(client.network);
      }
    }
  }

  private record OfClient(ClientNetwork network, Account account, Set<Connection> connections) {
    OfClient(ClientNetwork network, Account account) {
      this(network, account, new HashSet<>());
    }
  }

  private final class Connection implements Unsent {
    private final OfClient client;
    private final Runnable onCutOff;
    private Runnable cutOff = () -> {};
    private long bytes;
    private boolean isCutOff;
    private boolean closed;

    Connection(OfClient client, Runnable onCutOff) {
      this.client = client;
      this.onCutOff = onCutOff;
    }

    @Override
    public synchronized void cutBy(Runnable how) {
      cutOff = how;
    }

    @Override
    public boolean add(int more) {
      if (client.account.isFull() || all.isFull()) {
        cutOff();
      }
      if (!change(more)) {
        return false;
      }
      if (client.account.isOver() || all.isOver()) {
        keepWithinLimits(client);
      }
      return true;
    }

    @Override
    public void sent(int less) {
      change(-less);
    }

    /** Changes the counts by {@code by} bytes; false if the connection has ended or is cut off. */
    private synchronized boolean change(long by) {
      if (closed || isCutOff) {
        return false;
      }
      bytes += by;
      client.account.add(by);
      all.add(by);
      return true;
    }

    private synchronized long kept() {
      return isCutOff ? 0 : bytes;
    }

    @Override
    public void close() {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
        client.account.remove(bytes, isCutOff);
        all.remove(bytes, isCutOff);
      }
      forget(client, this);
    }

    private void cutOff() {
      Runnable how;
      synchronized (this) {
        if (closed || isCutOff) {
          return;
        }
        isCutOff = true;
        client.account.leave(bytes);
        all.leave(bytes);
        how = cutOff;
      }
      onCutOff.run();
      how.run();
    }
  }
}
