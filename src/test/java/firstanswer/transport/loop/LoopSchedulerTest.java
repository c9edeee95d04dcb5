package firstanswer.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import akka.actor.Cancellable;
import akka.actor.Scheduler;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.concurrent.ExecutionContext;

class LoopSchedulerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofHours(1);
  private static final ExecutionContext AT_ONCE = ExecutionContext.fromExecutor(Runnable::run);

  private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final LoopScheduler scheduler =
      new LoopScheduler(
          ConfigFactory.empty(),
          null,
          run -> {
            Thread thread = new Thread(run);
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
          });

  @AfterEach
  void close() throws InterruptedException {
    scheduler.close();
    for (Thread thread : threads) {
      thread.join(PATIENCE.toMillis());
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void taskRunsOnce() {
    CompletableFuture<Void> ran = new CompletableFuture<>();
    scheduler.scheduleOnce(Duration.ofMillis(1), () -> ran.complete(null), AT_ONCE);
    assertThat(ran).succeedsWithin(PATIENCE);
  }

  @Test
  void repeatedTaskRunsUntilItIsCancelled() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch enough = new CountDownLatch(5);
    Cancellable repeated =
        scheduler.scheduleAtFixedRate(
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            () -> {
              runs.incrementAndGet();
              enough.countDown();
            },
            AT_ONCE);
    assertThat(enough.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    assertThat(repeated.cancel()).isTrue();
    CompletableFuture<Void> later = new CompletableFuture<>();
    int last = runs.get();
    scheduler.scheduleOnce(Duration.ofMillis(20), () -> later.complete(null), AT_ONCE);
    assertThat(later).succeedsWithin(PATIENCE);
    assertThat(runs.get() - last).isLessThanOrEqualTo(1);
  }

  /** Akka ends a dispatcher by such a task. */
  @Test
  void closingRunsWhatMustNotBeLostAndNothingElse() {
    AtomicInteger important = new AtomicInteger();
    AtomicInteger other = new AtomicInteger();
    scheduler.scheduleOnce(
        LONG, (Scheduler.TaskRunOnClose) () -> important.incrementAndGet(), AT_ONCE);
    scheduler.scheduleOnce(LONG, other::incrementAndGet, AT_ONCE);
    scheduler.close();
    assertThat(important).hasValue(1);
    assertThat(other).hasValue(0);
    assertThatIllegalStateException()
        .isThrownBy(() -> scheduler.scheduleOnce(LONG, () -> {}, AT_ONCE));
  }

  @Test
  void executorsWorkAfterTheEnd() throws Exception {
    scheduler.close();
    threads.element().join(PATIENCE.toMillis());
    var late = scheduler.executor(false);
    assertThat(CompletableFuture.supplyAsync(() -> 1, late)).succeedsWithin(PATIENCE).isEqualTo(1);
    late.shutdown();
  }
}
