/**
 * The upstreams that the load balancer asks, each behind its TsProxy. Each folder reaches servers
 * in one way.
 *
 * <p>May import {@code dns}, {@code resolver} and {@code tsproxy}.
 */
package firstanswer.upstream;
