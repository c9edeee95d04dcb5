/**
 * An upstream that speaks the text protocol.
 *
 * <p>May import {@code clock}, {@code codec.text}, {@code config}, {@code dns}, {@code resolver},
 * {@code transport.tcp}, {@code tsproxy} and {@code upstream.health}.
 */
package firstanswer.upstream.text;
