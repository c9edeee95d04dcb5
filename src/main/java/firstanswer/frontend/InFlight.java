package firstanswer.frontend;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Bounds the queries in flight over all connections of a server. A query beyond the limit is
 * started when another has ended, first come, first served; a connection that waits for that reads
 * no further, so each has at most one query waiting here.
 *
 * <p>A place is given back by the end of its query, not by the connection, so a client that
 * vanishes cannot keep one.
 */
final class InFlight {
  private final int limit;
  private final int maxWaiting;
  private int running;
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  /** Lets {@code limit} queries run, and {@code maxWaiting} wait, at a time. */
  InFlight(int limit, int maxWaiting) {
    this.limit = limit;
    this.maxWaiting = maxWaiting;
  }

  /**
   * Starts {@code query} as soon as there is room. The outer stage completes when it has started,
   * the inner one is its own. If too many wait already, for clients that have come and gone, the
   * query does not run, and {@code busy} is its result.
   */
  <T> CompletionStage<CompletionStage<T>> start(Supplier<CompletionStage<T>> query, T busy) {
    CompletableFuture<CompletionStage<T>> started = new CompletableFuture<>();
    Runnable start =
        () -> {
          CompletionStage<T> answer = query.get();
          answer.whenComplete((result, failure) -> end());
          started.complete(answer);
        };
    switch (place(start)) {
      case RUN -> start.run();
      case WAIT -> {}
      case REFUSE -> started.complete(CompletableFuture.completedFuture(busy));
    }
    return started;
  }

  /**
   * Starts {@code query} if there is room now; otherwise it does not run, and there is no stage.
   */
  <T> Optional<CompletionStage<T>> tryStart(Supplier<CompletionStage<T>> query) {
    if (!tryPlace()) {
      return Optional.empty();
    }
    CompletionStage<T> answer = query.get();
    answer.whenComplete((result, failure) -> end());
    return Optional.of(answer);
  }

  private synchronized boolean tryPlace() {
    if (running == limit) {
      return false;
    }
    running++;
    return true;
  }

  private enum Place {
    RUN,
    WAIT,
    REFUSE
  }

  private synchronized Place place(Runnable start) {
    if (running < limit) {
      running++;
      return Place.RUN;
    }
    if (waiting.size() == maxWaiting) {
      return Place.REFUSE;
    }
    waiting.add(start);
    return Place.WAIT;
  }

  private void end() {
    Runnable next = nextOrGiveUpPlace();
    if (next != null) {
      next.run();
    }
  }

  private synchronized Runnable nextOrGiveUpPlace() {
    Runnable next = waiting.poll();
    if (next == null) {
      running--;
    }
    return next;
  }
}
