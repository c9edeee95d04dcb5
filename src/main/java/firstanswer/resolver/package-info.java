/**
 * The spine: a {@code Query} goes in, an {@code Outcome} with its {@code Transcript} comes out, and
 * every link of the chain between is a {@code Resolver}. Imports {@code dns}; no Akka.
 */
package firstanswer.resolver;
