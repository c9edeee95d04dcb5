/**
 * An upstream that speaks the text protocol. Imports {@code tsproxy}, {@code resolver}, {@code
 * upstream.health}, {@code transport.tcp}, {@code codec.text}, {@code dns}, {@code config}.
 */
package firstanswer.upstream.text;
