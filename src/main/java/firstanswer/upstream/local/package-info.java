/**
 * An upstream in this process.
 *
 * <p>May import {@code table} and {@code tsproxy}.
 */
package firstanswer.upstream.local;
