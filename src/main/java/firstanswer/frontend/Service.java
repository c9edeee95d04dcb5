package firstanswer.frontend;

import firstanswer.access.Admission;
import firstanswer.access.Client;
import firstanswer.clock.NanoClock;
import firstanswer.dns.Question;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Query.Protocol;
import firstanswer.resolver.Query.Transport;
import firstanswer.resolver.Resolver;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The service behind a listener.
 *
 * @param admission decides which queries are taken
 * @param resolver the chain that resolves queries
 * @param deadline the longest time from the receipt of a query to its answer
 */
public record Service(Admission admission, Resolver resolver, Duration deadline, NanoClock clock) {

  /** Resolves a question as a query that has just come. */
  CompletionStage<Outcome> resolve(
      Question question, Protocol protocol, Transport transport, Client client) {
    return resolver.resolve(
        new Query(question, protocol, transport, client.address(), clock.nanos(), deadline));
  }
}
