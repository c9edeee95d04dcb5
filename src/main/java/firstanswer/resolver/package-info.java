/**
 * The one protocol that everything speaks that answers questions: table servers, the proxies of
 * upstreams, the load balancer. Imports {@code dns}.
 */
package firstanswer.resolver;
