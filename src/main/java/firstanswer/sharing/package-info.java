/**
 * A link of the chain: identical questions in flight share one race.
 *
 * <p>May import {@code resolver} and {@code dns}.
 */
package firstanswer.sharing;
