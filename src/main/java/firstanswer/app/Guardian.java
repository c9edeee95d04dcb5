package firstanswer.app;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import firstanswer.client.Batch;
import firstanswer.config.Settings;
import firstanswer.figures.ProcessFigures;
import firstanswer.table.Table;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The root of the actors. A process has three phases, and the guardian has a behavior for each:
 *
 * <ol>
 *   <li>{@link Starting} binds every listener;
 *   <li>{@link Serving} runs the batch, if there is one, and reloads tables;
 *   <li>{@link Leaving} answers the queries in flight, then closes listeners and proxies.
 * </ol>
 */
final class Guardian {

  /** A message to the guardian, in any phase. */
  sealed interface Command
      permits Leave, Reload, Report, Starting.Event, Serving.Event, Leaving.Event {}

  /**
   * Answers the queries in flight, then stops the process.
   *
   * @param signal the reason, for the log
   */
  record Leave(String signal) implements Command {}

  /** Reads all tables again. */
  enum Reload implements Command {
    RELOAD
  }

  /** Asks for the figures of the process in the log. */
  enum Report implements Command {
    REPORT
  }

  /**
   * The parts that the phases share.
   *
   * @param exit gets the exit status once, when the guardian stops, for any reason
   */
  record Parts(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Settings settings,
      Wiring wiring,
      Optional<Batch> batch,
      IntConsumer exit) {

    /** Writes the figures of the process to the log. */
    void report() {
      context.getLog().info("{}", ProcessFigures.line());
      wiring.figures().forEach(figures -> context.getLog().info("{}", figures.line()));
    }

    /** A copy for a process that ends before it has begun: no batch opens an output file. */
    Parts withoutBatch() {
      return new Parts(context, timers, settings, wiring, Optional.empty(), exit);
    }
  }

  private Guardian() {}

  /**
   * The guardian of a process.
   *
   * @param tables of the table servers in {@code settings}, by name
   * @param exit gets the exit status once, when the guardian stops, for any reason
   */
  static Behavior<Command> create(
      Settings settings, Map<String, Table> tables, Optional<Batch> batch, IntConsumer exit) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  Wiring wiring = new Wiring(context, settings, tables);
                  return Starting.begin(new Parts(context, timers, settings, wiring, batch, exit));
                }));
  }
}
