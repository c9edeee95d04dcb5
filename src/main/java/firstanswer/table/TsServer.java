package firstanswer.table;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import firstanswer.dns.Answer;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** A table server, TS: answers from its table, and swaps the table whole when it reloads. */
public final class TsServer extends AbstractBehavior<TsServer.Command> {

  /** The messages to a table server. */
  public sealed interface Command {}

  /** A question, which is answered at once. */
  public record LookUp(Question question, ActorRef<Answer> replyTo) implements Command {}

  /**
   * Reads the table again, after a reading that is under way. The old table answers until the new
   * table has been read, and stays if reading fails.
   */
  public record Reload(ActorRef<Reloaded> replyTo) implements Command {}

  /** The result of a reload: {@code problem} is empty, or one line for people. */
  public record Reloaded(int names, String problem) {}

  private record TableRead(Table read, List<ActorRef<Reloaded>> replyTo) implements Command {}

  private record TableNotRead(String problem, List<ActorRef<Reloaded>> replyTo)
      implements Command {}

  private final Callable<Table> source;
  private final Answer miss;
  private final List<ActorRef<Reloaded>> waiting = new ArrayList<>();
  private boolean reading;
  private Table table;

  /**
   * A server of {@code table}.
   *
   * @param source reads the table again; runs where blocking does no harm
   * @param miss the answer in the text protocol for a name that is not in the table
   */
  public static Behavior<Command> create(Table table, Callable<Table> source, Answer miss) {
    return Behaviors.setup(context -> new TsServer(context, table, source, miss));
  }

  private TsServer(
      ActorContext<Command> context, Table table, Callable<Table> source, Answer miss) {
    super(context);
    this.table = table;
    this.source = source;
    this.miss = miss;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(LookUp.class, this::onLookUp)
        .onMessage(Reload.class, this::onReload)
        .onMessage(TableRead.class, this::onTableRead)
        .onMessage(TableNotRead.class, this::onTableNotRead)
        .build();
  }

  private Behavior<Command> onLookUp(LookUp query) {
    Question question = query.question();
    query
        .replyTo()
        .tell(
            question.manner() instanceof Manner.Dns dns
                ? table.answer(question, dns)
                : table.line(question.name()).map(Answer.class::cast).orElse(miss));
    return this;
  }

  private Behavior<Command> onReload(Reload reload) {
    waiting.add(reload.replyTo());
    return readIfAnyWaits();
  }

  /**
   * Reads one table at a time: if two readings ran together, the older table could come last and
   * stay. All reloads that come during a reading share the next reading.
   */
  private Behavior<Command> readIfAnyWaits() {
    if (reading || waiting.isEmpty()) {
      return this;
    }
    reading = true;
    List<ActorRef<Reloaded>> replyTo = List.copyOf(waiting);
    waiting.clear();
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(this::readTable, blockingDispatcher()),
            (read, failure) ->
                failure == null
                    ? new TableRead(read, replyTo)
                    : new TableNotRead(failure.getMessage(), replyTo));
    return this;
  }

  private Executor blockingDispatcher() {
    return getContext().getSystem().dispatchers().lookup(DispatcherSelector.blocking());
  }

  private Table readTable() {
    try {
      return source.call();
    } catch (Exception e) {
      throw new CompletionException(e.getMessage(), e);
    }
  }

  private Behavior<Command> onTableRead(TableRead message) {
    table = message.read();
    return onReadingOver(message.replyTo(), "");
  }

  private Behavior<Command> onTableNotRead(TableNotRead message) {
    return onReadingOver(message.replyTo(), message.problem());
  }

  private Behavior<Command> onReadingOver(List<ActorRef<Reloaded>> replyTo, String problem) {
    replyTo.forEach(asker -> asker.tell(new Reloaded(table.size(), problem)));
    reading = false;
    return readIfAnyWaits();
  }
}
