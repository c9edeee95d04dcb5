/**
 * The protocol between the balancer and the proxies of its upstreams.
 *
 * <p>May import {@code resolver} and {@code dns}.
 */
package firstanswer.tsproxy;
