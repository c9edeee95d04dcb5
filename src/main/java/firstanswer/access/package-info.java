/**
 * Who may ask, how much and how often: the access list, rates, queries in flight, connections.
 * Imports {@code rate}, {@code resolver}, {@code transport}, {@code config} and {@code dns}.
 */
package firstanswer.access;
