/**
 * The interface between the front ends and everything behind them: a {@link
 * firstanswer.resolver.Query} goes in, an {@link firstanswer.resolver.Outcome} with its {@link
 * firstanswer.resolver.Transcript} comes out. Every link of the chain is a {@link
 * firstanswer.resolver.Resolver}.
 *
 * <p>May import {@code clock} and {@code dns}. No Akka.
 */
package firstanswer.resolver;
