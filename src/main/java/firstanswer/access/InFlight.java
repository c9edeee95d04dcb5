package firstanswer.access;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Bounds the queries in flight over all connections of a listener, in all and by client. A query
 * beyond that waits, and its connection reads no further, so each connection has at most one query
 * waiting here.
 *
 * <p>When a place becomes free, it goes to the next client in a circle of those that wait and are
 * below their own limit; the queries of one client keep their order. So a client that always has
 * queries waiting takes no more turns than any other, and one at its own limit holds nobody up. A
 * client is in the circle exactly when it could use a free place, so as long as there is one, the
 * circle is empty, and whatever comes or goes costs a few steps, however many wait.
 *
 * <p>A place is given back by the end of its query, not by the connection, so a client that
 * vanishes cannot keep one.
 */
public final class InFlight {

  /** So many queries may run, and so many wait for that. */
  public record Room(int running, int waiting) {
    /** For those who need no limit. */
    static final Room BOUNDLESS = new Room(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  private final Room all;
  private final Room ofOne;
  private int running;
  private int waiting;

  /** Those who have queries that run or wait. */
  private final Map<ClientNetwork, Account> clients = new HashMap<>();

  private final Queue<Account> circle = new ArrayDeque<>();

  /** Those that have got a place and are to be started; no more than there are places. */
  private final Queue<Runnable> due = new ArrayDeque<>();

  private boolean starting;

  /** Room for {@code all}, and of that for each single client. */
  public InFlight(Room all, Room ofOne) {
    this.all = all;
    this.ofOne = ofOne;
  }

  /**
   * Starts {@code query} of {@code network} as soon as there is room. The outer stage completes
   * when it has started, the inner one is its own. If too many wait already, for clients that have
   * come and gone, the query does not run, and {@code busy} is its result.
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
   * Starts {@code query} if there is room now; otherwise it does not run, and there is no stage.
   */
  public <T> Optional<CompletionStage<T>> tryStart(
      ClientNetwork network, Supplier<CompletionStage<T>> query) {
    return tryPlace(network) ? Optional.of(run(network, query)) : Optional.empty();
  }

  /** A query that cannot even begin has ended, and gives its place back. */
  private <T> CompletionStage<T> run(ClientNetwork network, Supplier<CompletionStage<T>> query) {
    CompletionStage<T> answer;
    try {
      answer = query.get();
    } catch (RuntimeException e) {
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
    if (tryPlace(network)) {
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
      circle.add(client);
    }
    return Place.WAIT;
  }

  private synchronized boolean tryPlace(ClientNetwork network) {
    if (running == all.running) {
      return false;
    }
    Account client = clients.computeIfAbsent(network, n -> new Account());
    if (client.running == ofOne.running) {
      return false;
    }
    client.running++;
    running++;
    return true;
  }

  /**
   * Starts the queries whose turn it is in a loop: an answer that is already complete ends its
   * query while that is being started, and a chain of those must not grow the stack.
   */
  private void end(ClientNetwork network) {
    if (!isToStartNext(network)) {
      return;
    }
    for (Runnable next = nextDue(); next != null; next = nextDue()) {
      next.run();
    }
  }

  /** Whether the caller is to start what is due; otherwise another call does so already. */
  private synchronized boolean isToStartNext(ClientNetwork network) {
    Runnable next = nextInsteadOf(network);
    if (next != null) {
      due.add(next);
    }
    boolean mine = next != null && !starting;
    starting |= mine;
    return mine;
  }

  private synchronized Runnable nextDue() {
    Runnable next = due.poll();
    starting = next != null;
    return next;
  }

  /** Gives the place of an ended query to one that waits, if there is one. */
  private Runnable nextInsteadOf(ClientNetwork network) {
    Account ended = clients.get(network);
    if (ended.running == ofOne.running && !ended.waiting.isEmpty()) {
      circle.add(ended);
    }
    ended.running--;
    running--;
    Account next = circle.poll();
    Runnable start = next == null ? null : takeTurn(next);
    forgetIfGone(network, ended);
    return start;
  }

  private Runnable takeTurn(Account client) {
    Runnable start = client.waiting.remove();
    waiting--;
    client.running++;
    running++;
    if (!client.waiting.isEmpty() && client.running < ofOne.running) {
      circle.add(client);
    }
    return start;
  }

  private void forgetIfGone(ClientNetwork network, Account client) {
    if (client.running == 0 && client.waiting.isEmpty()) {
      clients.remove(network);
    }
  }

  /** How many clients have queries that run or wait. */
  public synchronized int clients() {
    return clients.size();
  }

  private static final class Account {
    private int running;
    private final Queue<Runnable> waiting = new ArrayDeque<>(1);
  }
}
