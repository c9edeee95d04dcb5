/**
 * When an upstream is up, suspect or down.
 *
 * <p>May import {@code config}, {@code dns}, {@code resolver} and {@code tsproxy}.
 */
package firstanswer.upstream.health;
