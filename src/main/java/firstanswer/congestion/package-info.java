/**
 * The news that servers cannot keep up, from the proxies of the servers to the admission of
 * queries.
 *
 * <p>May import nothing of ours. No Akka.
 */
package firstanswer.congestion;
