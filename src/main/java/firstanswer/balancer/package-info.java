/**
 * The load balancer: one coordinator a query, and the pure decisions that it carries out, whom to
 * ask next ({@code Race}) and which answer wins ({@code Verdict}). Imports {@code race}, {@code
 * resolver} and {@code dns}.
 */
package firstanswer.balancer;
