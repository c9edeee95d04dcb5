package firstanswer.app;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import firstanswer.client.Batch;
import firstanswer.config.Settings;
import firstanswer.table.Table;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/** One process: runs its roles until the batch is done or a signal ends them. */
final class Node {
  private static final int STATUS_OF_SIGTERM = 143;
  private static final int STATUS_OF_SIGINT = 130;

  private final CompletableFuture<ActorSystem<Guardian.Command>> system = new CompletableFuture<>();

  private Node() {}

  /**
   * Runs to the end and returns the exit status. The actor system may still run then: a blocked
   * read from a terminal, for example, ends only with the process.
   */
  static int run(
      Config config, Settings settings, Map<String, Table> tables, Optional<Batch> batch) {
    Node node = new Node();
    node.listenToSignals();
    CompletableFuture<Integer> status = new CompletableFuture<>();
    node.system.complete(
        ActorSystem.create(
            Guardian.create(settings, tables, batch, status::complete), "firstanswer", config));
    return status.join();
  }

  /** Called before the actors start: a signal may come as soon as "ready" is printed. */
  private void listenToSignals() {
    Signals.register("HUP", () -> tell(Guardian.Reload.RELOAD));
    leaveOn("TERM", STATUS_OF_SIGTERM);
    leaveOn("INT", STATUS_OF_SIGINT);
  }

  /** The first signal lets queries in flight end; the second ends the process at once. */
  private void leaveOn(String signal, int statusAtOnce) {
    AtomicBoolean seen = new AtomicBoolean();
    Signals.register(
        signal,
        () -> {
          if (seen.getAndSet(true)) {
            Runtime.getRuntime().halt(statusAtOnce);
          }
          tell(new Guardian.Leave("SIG" + signal));
        });
  }

  private void tell(Guardian.Command command) {
    system.minimalCompletionStage().thenAccept(started -> started.tell(command));
  }
}
