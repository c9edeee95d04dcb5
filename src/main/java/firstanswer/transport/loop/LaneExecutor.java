package firstanswer.transport.loop;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks in one lane of an event loop, until it is shut down. Akka shuts a dispatcher's
 * executor down when the dispatcher has no actors for a while, and asks for another one later.
 */
final class LaneExecutor extends AbstractExecutorService {
  private final EventLoop loop;
  private final Lane lane;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean shutdown;

  /** Uses {@code loop}, which it releases at its end. */
  LaneExecutor(EventLoop loop, Lane lane) {
    this.loop = loop;
    this.lane = lane;
  }

  @Override
  public void execute(Runnable task) {
    if (isShutdown()) {
      throw new RejectedExecutionException("shut down");
    }
    loop.add(task, lane);
  }

  @Override
  public synchronized void shutdown() {
    if (!shutdown) {
      shutdown = true;
      loop.add(done::countDown, lane);
      loop.release();
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return done.getCount() == 0;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return done.await(timeout, unit);
  }
}
