package firstanswer.frontend;

import firstanswer.access.Admission;
import firstanswer.access.Client;
import firstanswer.dns.Question;
import firstanswer.resolver.NanoClock;
import firstanswer.resolver.Outcome;
import firstanswer.resolver.Query;
import firstanswer.resolver.Query.Protocol;
import firstanswer.resolver.Query.Transport;
import firstanswer.resolver.Resolver;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * What stands behind a listener.
 *
 * @param admission whose queries are taken
 * @param resolver the chain that queries go through
 * @param deadline how long after its receipt a query is answered at the latest
 */
public record Service(Admission admission, Resolver resolver, Duration deadline, NanoClock clock) {

  /** Passes a question on as a query that has come just now. */
  CompletionStage<Outcome> resolve(
      Question question, Protocol protocol, Transport transport, Client client) {
    return resolver.resolve(
        new Query(question, protocol, transport, client.address(), clock.nanos(), deadline));
  }
}
