/**
 * The load balancer: one coordinator a query, and the pure decision which answer wins. Imports
 * {@code resolver} and {@code dns}.
 */
package firstanswer.balancer;
