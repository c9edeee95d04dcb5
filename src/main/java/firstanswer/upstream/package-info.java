/**
 * The upstreams that the load balancer asks, each behind its TsProxy; one folder a way to reach
 * them.
 *
 * <p>May import {@code dns}, {@code resolver} and {@code tsproxy}.
 */
package firstanswer.upstream;
