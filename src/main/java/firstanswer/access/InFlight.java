package firstanswer.access;

import firstanswer.congestion.Congestion;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Limits the queries in flight over all connections of a listener, in total and per client. A query
 * over the limit waits, and its connection reads no further, so each connection has at most one
 * query waiting here.
 *
 * <p>A free place goes to the next client in a circle. The circle holds the clients that have
 * queries waiting and are below their own limit; the queries of one client keep their order. So a
 * client that always has queries waiting gets no more turns than any other, and a client at its own
 * limit delays nobody else. A client is in the circle exactly when it could use a free place. So
 * the circle is empty while places are free, and each start and end of a query takes a few steps,
 * however many queries wait.
 *
 * <p>While servers cannot keep up, each client may have {@link #CONGESTED} queries divided by the
 * number of clients, but at least one, and never more than its own limit. A client at this limit
 * leaves the circle until one of its queries ends or the congestion is over.
 *
 * <p>A query holds its place until the query ends, even if its connection closes earlier.
 *
 * <p>The class is long because one lock guards the counts, the circle and the clients held up.
 */
public final class InFlight {

  /** How many queries may run, and how many may wait. */
  public record Room(int running, int waiting) {
    /** No limit. */
    static final Room BOUNDLESS = new Room(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /** The queries that this thread will start when its present start returns, at all listeners. */
  private static final ThreadLocal<Queue<Runnable>> DUE = new ThreadLocal<>();

  /**
   * The queries in flight that all clients share during congestion: about as many as a server with
   * 500 answers per second answers before the deadline.
   */
  static final int CONGESTED = 2048;

  private final Room all;
  private final Room ofOne;
  private final Congestion congestion;
  private int running;
  private int waiting;

  /** The clients that have queries running or waiting. */
  private final Map<ClientNetwork, Account> clients = new HashMap<>();

  private final Queue<Account> circle = new ArrayDeque<>();

  /** The clients that could use a free place if servers kept up. */
  private final Set<Account> heldUp = new LinkedHashSet<>();

  /**
   * Creates room for {@code all} clients together, and within it for each single client.
   *
   * @param congestion says when servers cannot keep up
   */
  public InFlight(Room all, Room ofOne, Congestion congestion) {
    this.all = all;
    this.ofOne = ofOne;
    this.congestion = congestion;
    congestion.whenOver(this::startHeldUp);
  }

  /**
   * Starts {@code query} of {@code network} as soon as there is room. The outer stage completes
   * when the query has started; the inner stage is the query's own. If too many queries wait
   * already, which happens when clients come and go, the query does not run, and {@code busy} is
   * its result.
   */
  public <T> CompletionStage<CompletionStage<T>> start(
      ClientNetwork network, Supplier<CompletionStage<T>> query, Supplier<T> busy) {
    CompletableFuture<CompletionStage<T>> started = new CompletableFuture<>();
    Runnable start = () -> started.complete(run(network, query));
    switch (place(network, start)) {
      case RUN -> start.run();
      case WAIT -> {}
      case REFUSE -> started.complete(CompletableFuture.completedFuture(busy.get()));
    }
    return started;
  }

  /**
   * Starts {@code query} if there is room now; otherwise the query does not run, and there is no
   * stage. A congestion does not matter, because the query cannot wait.
   */
  public <T> Optional<CompletionStage<T>> tryStart(
      ClientNetwork network, Supplier<CompletionStage<T>> query) {
    return tryPlace(network, ofOne.running) ? Optional.of(run(network, query)) : Optional.empty();
  }

  /** A query whose supplier throws has ended, and gives its place back. */
  private <T> CompletionStage<T> run(ClientNetwork network, Supplier<CompletionStage<T>> query) {
    CompletionStage<T> answer;
    try {
      answer = query.get();
    } catch (Throwable e) {
      answer = CompletableFuture.failedStage(e);
    }
    answer.whenComplete((result, failure) -> end(network));
    return answer;
  }

  private enum Place {
    RUN,
    WAIT,
    REFUSE
  }

  private synchronized Place place(ClientNetwork network, Runnable start) {
    if (tryPlace(network, limitOfOne())) {
      return Place.RUN;
    }
    Account client = clients.computeIfAbsent(network, n -> new Account());
    if (waiting == all.waiting || client.waiting.size() == ofOne.waiting) {
      forgetIfGone(network, client);
      return Place.REFUSE;
    }
    client.waiting.add(start);
    waiting++;
    if (client.waiting.size() == 1 && client.running < ofOne.running) {
      queue(client);
    }
    return Place.WAIT;
  }

  private synchronized boolean tryPlace(ClientNetwork network, int limit) {
    if (running == all.running) {
      return false;
    }
    Account client = clients.computeIfAbsent(network, n -> new Account());
    if (client.running >= limit) {
      return false;
    }
    client.running++;
    running++;
    return true;
  }

  private void queue(Account client) {
    if (client.running < limitOfOne()) {
      circle.add(client);
    } else {
      heldUp.add(client);
    }
  }

  private int limitOfOne() {
    return congestion.lasts()
        ? Math.min(ofOne.running, Math.max(1, CONGESTED / Math.max(1, clients.size())))
        : ofOne.running;
  }

  /**
   * Starts the query whose turn it is. An answer that is already complete ends its query during the
   * start; with recursion, a chain of such answers would overflow the stack. So the next start runs
   * only after the present one has returned.
   */
  private void end(ClientNetwork network) {
    run(nextInsteadOf(network));
  }

  /** The congestion is over, so clients that it held up can use free places. */
  private void startHeldUp() {
    synchronized (this) {
      List.copyOf(heldUp).forEach(this::joinCircle);
    }
    for (Runnable next = next(); next != null; next = next()) {
      run(next);
    }
  }

  private static void run(Runnable next) {
    Queue<Runnable> due = DUE.get();
    if (next == null) {
      return;
    }
    if (due != null) {
      due.add(next);
      return;
    }
    Queue<Runnable> mine = new ArrayDeque<>(1);
    DUE.set(mine);
    try {
      for (Runnable start = next; start != null; start = mine.poll()) {
        start.run();
      }
    } finally {
      DUE.remove();
    }
  }

  /** Gives the place of an ended query to one that waits, and returns its start; null if none. */
  private synchronized Runnable nextInsteadOf(ClientNetwork network) {
    Account ended = clients.get(network);
    boolean couldNotStart = ended.running == ofOne.running || heldUp.contains(ended);
    ended.running--;
    running--;
    if (couldNotStart && !ended.waiting.isEmpty()) {
      joinCircle(ended);
    }
    Runnable start = next();
    forgetIfGone(network, ended);
    return start;
  }

  private void joinCircle(Account client) {
    heldUp.remove(client);
    circle.add(client);
  }

  /** Gives a free place to the next client in the circle; null if there is none. */
  private synchronized Runnable next() {
    while (running < all.running && !circle.isEmpty()) {
      Account next = circle.remove();
      if (next.running < limitOfOne()) {
        return takeTurn(next);
      }
      heldUp.add(next);
    }
    return null;
  }

  private Runnable takeTurn(Account client) {
    Runnable start = client.waiting.remove();
    waiting--;
    client.running++;
    running++;
    if (!client.waiting.isEmpty() && client.running < ofOne.running) {
      queue(client);
    }
    return start;
  }

  private void forgetIfGone(ClientNetwork network, Account client) {
    if (client.running == 0 && client.waiting.isEmpty()) {
      clients.remove(network);
    }
  }

  /** The number of clients that have queries running or waiting. */
  public synchronized int clients() {
    return clients.size();
  }

  private static final class Account {
    private int running;
    private final Queue<Runnable> waiting = new ArrayDeque<>(1);
  }
}
