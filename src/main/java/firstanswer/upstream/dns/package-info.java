/**
 * An upstream that speaks DNS, over UDP and, for answers that are too long, TCP. Imports {@code
 * tsproxy}, {@code resolver}, {@code upstream.health}, {@code transport}, {@code codec.wire},
 * {@code dns}, {@code config}.
 */
package firstanswer.upstream.dns;
