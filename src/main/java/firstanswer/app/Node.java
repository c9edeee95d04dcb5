package firstanswer.app;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import firstanswer.client.Batch;
import firstanswer.config.Settings;
import firstanswer.table.Table;
import java.lang.management.ManagementFactory;
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
   * Runs to the end and returns the exit status. The actor system may still run: a blocked read
   * from a terminal, for example, ends only with the process.
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

  /**
   * Handles signals. Must run before the actors start: a signal may come as soon as "ready" is
   * printed.
   */
  private void listenToSignals() {
    Signals.register("HUP", () -> tell(Guardian.Reload.RELOAD));
    Signals.register("USR1", () -> tell(Guardian.Report.REPORT));
    ignoreUsr2();
    leaveOn("TERM", STATUS_OF_SIGTERM);
    leaveOn("INT", STATUS_OF_SIGINT);
  }

  /**
   * Ignores SIGUSR2, which crashes the JVM when it comes from outside: the JVM uses the signal to
   * stop its own threads for the Flight Recorder. An operator who records can give the JVM another
   * signal.
   */
  private static void ignoreUsr2() {
    boolean recording =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .anyMatch(argument -> argument.startsWith("-XX:StartFlightRecording"));
    if (!recording && System.getenv("_JAVA_SR_SIGNUM") == null) {
      Signals.register("USR2", () -> {});
    }
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
