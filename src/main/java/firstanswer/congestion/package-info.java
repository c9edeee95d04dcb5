/**
 * Tells the admission of queries when servers cannot keep up. The proxies of the servers report it.
 *
 * <p>May import nothing of ours. No Akka.
 */
package firstanswer.congestion;
