/**
 * The load balancer: actors that carry out what {@code race} decides. {@link
 * firstanswer.balancer.LoadBalancer} plans each query, and {@link
 * firstanswer.balancer.QueryCoordinator} lives for one query. {@link firstanswer.balancer.Budget}
 * limits the queries to one upstream.
 *
 * <p>May import {@code actor}, {@code clock}, {@code congestion}, {@code dns}, {@code race}, {@code
 * rate}, {@code resolver} and {@code tsproxy}.
 */
package firstanswer.balancer;
