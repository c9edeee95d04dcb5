package firstanswer.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLoopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PATIENCE_MILLIS = 10_000;

  private final List<Throwable> failures = new ArrayList<>();
  private Thread thread;
  private EventLoop loop;

  @BeforeEach
  void start() throws Exception {
    loop =
        EventLoop.start(
            run -> {
              thread = new Thread(run);
              thread.setDaemon(true);
              thread.setUncaughtExceptionHandler((on, failure) -> failures.add(failure));
              return thread;
            });
  }

  @AfterEach
  void stop() throws Exception {
    loop.release();
    thread.join(PATIENCE_MILLIS);
    assertThat(thread.isAlive()).isFalse();
  }

  private <T> T on(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, loop).orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void currentIsTheLoopOfTheThread() {
    assertThat(on(EventLoop::current)).isSameAs(loop);
    assertThatIllegalStateException().isThrownBy(EventLoop::current);
  }

  @Test
  void tasksOfOneThreadRunInTheirOrder() {
    List<Integer> ran = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int number = i;
      loop.execute(() -> ran.add(number));
    }
    assertThat(on(() -> List.copyOf(ran))).hasSize(1000).isSorted();
  }

  @Test
  void failureOfATaskCostsNoOther() {
    loop.execute(
        () -> {
          throw new IllegalStateException("of the test");
        });
    assertThat(on(() -> 1)).isEqualTo(1);
    assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
  }

  /** The first lane has work without end, and so has the yielding one. */
  @Test
  void endlessWorkOfEitherLaneStopsNeitherTheOtherNorTimersNorSockets() throws Exception {
    ExecutorService yielding = loop.executor(true);
    AtomicBoolean enough = new AtomicBoolean();
    loop.execute(new Endless(loop, enough));
    yielding.execute(new Endless(yielding, enough));
    CountDownLatch all = new CountDownLatch(4);
    loop.execute(all::countDown);
    yielding.execute(all::countDown);
    loop.startTimer(all::countDown, 1_000_000);
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    loop.register(
        pipe.source(),
        SelectionKey.OP_READ,
        key -> {
          key.cancel();
          all.countDown();
        });
    pipe.sink().write(ByteBuffer.allocate(1));
    assertThat(all.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    enough.set(true);
    pipe.sink().close();
    yielding.shutdown();
  }

  private record Endless(Executor executor, AtomicBoolean enough) implements Runnable {
    @Override
    public void run() {
      if (!enough.get()) {
        executor.execute(this);
      }
    }
  }

  /** Each task of the yielding lane finds the first lane empty. */
  @Test
  void tasksOfTheFirstLaneRunBeforeThoseThatYield() {
    ExecutorService yielding = loop.executor(true);
    List<String> ran = new ArrayList<>();
    on(
        () -> {
          yielding.execute(() -> ran.add("yielding"));
          loop.execute(() -> loop.execute(() -> ran.add("first")));
          return ran;
        });
    yielding.shutdown();
    on(() -> ran);
    assertThat(ran).containsExactly("first", "yielding");
  }

  @Test
  void timerOfAnotherThreadRunsOnTheLoopAndNotTooEarly() {
    long begin = System.nanoTime();
    CompletableFuture<EventLoop> ran = new CompletableFuture<>();
    loop.startTimer(() -> ran.complete(EventLoop.current()), Duration.ofMillis(20).toNanos());
    assertThat(ran).succeedsWithin(PATIENCE).isSameAs(loop);
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
  }

  @Test
  void cancelledTimerDoesNotRun() {
    CompletableFuture<Void> later = new CompletableFuture<>();
    AtomicBoolean ran = new AtomicBoolean();
    var timer = loop.startTimer(() -> ran.set(true), Duration.ofMillis(10).toNanos());
    assertThat(timer.cancel()).isTrue();
    assertThat(timer.cancel()).isFalse();
    assertThat(timer.isCancelled()).isTrue();
    loop.startTimer(() -> later.complete(null), Duration.ofMillis(20).toNanos());
    assertThat(later).succeedsWithin(PATIENCE);
    assertThat(ran).isFalse();
  }

  @Test
  void executorThatIsShutDownTakesNothingMore() throws Exception {
    ExecutorService executor = loop.executor(false);
    CompletableFuture<Void> before = CompletableFuture.runAsync(() -> {}, executor);
    executor.shutdown();
    assertThat(executor.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    assertThat(before).isCompleted();
    assertThatThrownBy(() -> executor.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
