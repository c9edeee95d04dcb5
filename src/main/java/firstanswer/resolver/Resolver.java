package firstanswer.resolver;

import java.util.concurrent.CompletionStage;

/**
 * Turns a query into its outcome. Front ends call one; each link of the chain is one, and passes
 * queries on to the next.
 */
@FunctionalInterface
public interface Resolver {

  /** Completes with the outcome within the query's deadline, and never exceptionally. */
  CompletionStage<Outcome> resolve(Query query);
}
