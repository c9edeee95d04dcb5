/**
 * A link of the chain that counts queries, and the figures of the process.
 *
 * <p>May import {@code dns} and {@code resolver}. No Akka.
 */
package firstanswer.figures;
