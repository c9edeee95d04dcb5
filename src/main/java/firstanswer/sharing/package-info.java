/**
 * A link of the chain that lets identical questions in flight share one race.
 *
 * <p>May import {@code clock}, {@code dns} and {@code resolver}. No Akka.
 */
package firstanswer.sharing;
