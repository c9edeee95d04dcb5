/**
 * A link of the chain: identical questions share one race. Imports {@code resolver}, {@code dns}.
 */
package firstanswer.sharing;
