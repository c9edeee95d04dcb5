/**
 * The protocol between the balancer and the proxies of its upstreams.
 *
 * <p>May import {@code congestion}, {@code dns} and {@code resolver}.
 */
package firstanswer.tsproxy;
