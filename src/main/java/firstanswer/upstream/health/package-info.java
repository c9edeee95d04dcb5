/**
 * When an upstream is up, suspect or down. Imports {@code tsproxy}, {@code resolver}, {@code dns},
 * {@code config}.
 */
package firstanswer.upstream.health;
