package firstanswer.frontend;

import java.util.ArrayDeque;
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
  private int running;
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  /** Lets {@code limit} queries run at a time. */
  InFlight(int limit) {
    this.limit = limit;
  }

  /**
   * Starts {@code query} as soon as there is room. The outer stage completes when it has started,
   * the inner one is its own.
   */
  <T> CompletionStage<CompletionStage<T>> start(Supplier<CompletionStage<T>> query) {
    CompletableFuture<CompletionStage<T>> started = new CompletableFuture<>();
    Runnable start =
        () -> {
          CompletionStage<T> answer = query.get();
          answer.whenComplete((result, failure) -> end());
          started.complete(answer);
        };
    if (takePlace(start)) {
      start.run();
    }
    return started;
  }

  private synchronized boolean takePlace(Runnable start) {
    if (running < limit) {
      running++;
      return true;
    }
    waiting.add(start);
    return false;
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
