package firstanswer.frontend;

import akka.Done;
import akka.NotUsed;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import scala.compat.java8.FutureConverters;
import scala.concurrent.ExecutionContext;

/** Counts the open connections of a listener, and lets no more in than its limit. */
final class Connections {
  private final int limit;
  private int open;
  private boolean closing;
  private final CompletableFuture<Done> allClosed = new CompletableFuture<>();

  Connections(int limit) {
    this.limit = limit;
  }

  /** Counts one more, if there is room. */
  synchronized boolean tryOpen() {
    if (closing || open == limit) {
      return false;
    }
    open++;
    return true;
  }

  /**
   * The connection that has been let in ends when {@code end} completes, in whatever way. It is
   * counted at once, on the thread that ends it: a client that sees its connection closed finds the
   * room free.
   */
  NotUsed closedWith(CompletionStage<Done> end) {
    FutureConverters.toScala(end)
        .onComplete(
            result -> {
              close();
              return null;
            },
            ExecutionContext.parasitic$.MODULE$);
    return NotUsed.getInstance();
  }

  private synchronized void close() {
    open--;
    completeIfAllClosed();
  }

  /** Lets nobody in from now on; completes when the last connection has ended. */
  synchronized CompletionStage<Done> allClosed() {
    closing = true;
    completeIfAllClosed();
    return allClosed;
  }

  private void completeIfAllClosed() {
    if (closing && open == 0) {
      allClosed.complete(Done.getInstance());
    }
  }
}
