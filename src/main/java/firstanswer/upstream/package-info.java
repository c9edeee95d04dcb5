/**
 * The upstreams that the load balancer asks, each behind its TsProxy; one folder a way to reach
 * them. Imports {@code tsproxy}, {@code dns}.
 */
package firstanswer.upstream;
