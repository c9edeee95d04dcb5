package firstanswer.app;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import firstanswer.settings.Settings;
import firstanswer.table.Table;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/** One process: runs its roles until the batch is done or a signal ends them. */
final class Node {
  private static final int STATUS_OF_SIGTERM = 143;
  private static final int STATUS_OF_SIGINT = 130;

  private Node() {}

  /** Runs to the end; the exit status. */
  static int run(Config config, Settings settings, Map<String, Table> tables, Optional<Batch> batch)
      throws InterruptedException {
    AtomicInteger status = new AtomicInteger(ExitStatus.OK);
    ActorSystem<Guardian.Command> system =
        ActorSystem.create(
            Guardian.create(settings, tables, batch, status::set), "firstanswer", config);
    Signals.register("HUP", () -> system.tell(Guardian.Reload.RELOAD));
    leaveOn("TERM", STATUS_OF_SIGTERM, system);
    leaveOn("INT", STATUS_OF_SIGINT, system);
    system.getWhenTerminated().toCompletableFuture().join();
    return status.get();
  }

  /** The first signal lets what is in flight end, the second does not wait for that. */
  private static void leaveOn(
      String signal, int statusAtOnce, ActorSystem<Guardian.Command> system) {
    AtomicBoolean seen = new AtomicBoolean();
    Signals.register(
        signal,
        () -> {
          if (seen.getAndSet(true)) {
            Runtime.getRuntime().halt(statusAtOnce);
          }
          system.tell(Guardian.Leave.LEAVE);
        });
  }
}
