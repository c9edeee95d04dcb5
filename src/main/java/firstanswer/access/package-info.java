/**
 * Who may ask, how much and how often: the access list, rates, queries in flight, connections.
 * Imports {@code config} and {@code dns}.
 */
package firstanswer.access;
