/**
 * The protocol between the balancer and the proxies of its upstreams. Imports {@code resolver},
 * {@code dns}.
 */
package firstanswer.tsproxy;
