package firstanswer.transport.loop;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/**
 * Lets a dispatcher of Akka run its actors on the {@link EventLoop} of the scheduler; named in the
 * settings of the dispatcher. The setting {@code lane} is {@code first} or {@code yielding}.
 *
 * <p>With a scheduler of virtual time, as tests have it, each dispatcher has a loop of its own.
 */
public final class LoopExecutor extends ExecutorServiceConfigurator {
  private final DispatcherPrerequisites prerequisites;
  private final boolean yields;

  /** Called by Akka, with the settings of the dispatcher. */
  public LoopExecutor(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    this.prerequisites = prerequisites;
    this.yields = config.getString("lane").equals("yielding");
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return () ->
        prerequisites.scheduler() instanceof LoopScheduler scheduler
            ? scheduler.executor(yields)
            : executorOnOwnLoop(threads);
  }

  private ExecutorService executorOnOwnLoop(ThreadFactory threads) {
    try {
      EventLoop loop = EventLoop.start(threads);
      ExecutorService executor = loop.executor(yields);
      loop.release();
      return executor;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
