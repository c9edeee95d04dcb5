package firstanswer.table;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Scheduler;
import akka.util.Timeout;
import firstanswer.actor.Ask;
import firstanswer.clock.NanoClock;
import firstanswer.dns.Answer;
import firstanswer.resolver.Health;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Reply;
import firstanswer.resolver.Resolver;
import firstanswer.resolver.Transcript;
import firstanswer.resolver.Transcript.Answered;
import firstanswer.resolver.Transcript.Entry;
import firstanswer.resolver.UpstreamId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The end of a table server's chain: hands each query to the table server. */
public final class TableResolver implements Resolver {
  /** The answer in place of a missing one: a table server that works answers at once. */
  private static final Answer LOST = new Answer.Unheard(Answer.Unheard.Cause.UNREACHABLE);

  private final UpstreamId id;
  private final ActorRef<TsServer.Command> server;
  private final Scheduler scheduler;
  private final NanoClock clock;

  /** Creates a resolver that asks {@code server}, which transcripts call {@code id}. */
  public TableResolver(
      UpstreamId id, ActorRef<TsServer.Command> server, Scheduler scheduler, NanoClock clock) {
    this.id = id;
    this.server = server;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Outcome> resolve(Query query) {
    long asked = clock.nanos();
    return Ask.from(
            scheduler,
            server,
            (ActorRef<Answer> replyTo) -> new TsServer.LookUp(query.question(), replyTo),
            () -> LOST,
            Timeout.create(query.deadline()))
        .thenApply(answer -> outcome(query, asked, answer));
  }

  private Outcome outcome(Query query, long asked, Answer answer) {
    long now = clock.nanos();
    Entry entry = new Entry(id, Health.UP, new Answered(asked, now, answer));
    return new Outcome(reply(answer), new Transcript(List.of(entry), now - query.receivedNanos()));
  }

  private static Reply reply(Answer answer) {
    if (answer instanceof Answer.Unheard unheard) {
      return unheard.cause() == Answer.Unheard.Cause.SILENT
          ? Reply.Unanswered.SILENCE
          : Reply.Unanswered.TIMED_OUT;
    }
    return new Reply.Relayed(answer);
  }
}
