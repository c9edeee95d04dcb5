/**
 * Judges whether an upstream is up, suspect or down, and how often a lost server is tried again. No
 * clock.
 *
 * <p>May import {@code config}, {@code dns} and {@code resolver}. No Akka.
 */
package firstanswer.upstream.health;
