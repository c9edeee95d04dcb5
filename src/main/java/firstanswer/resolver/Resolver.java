package firstanswer.resolver;

import java.util.concurrent.CompletionStage;

/**
 * Turns a query into its outcome. Front ends call a resolver. Each link of the chain is a resolver
 * and passes queries on to the next one.
 */
@FunctionalInterface
public interface Resolver {

  /** Completes with the outcome within the query's deadline; never completes exceptionally. */
  CompletionStage<Outcome> resolve(Query query);
}
