/**
 * The listeners. Each decodes queries of one protocol, passes them through {@code access} to a
 * resolver, and encodes the outcomes in the same protocol.
 *
 * <p>May import {@code access}, {@code resolver}, {@code transport}, {@code codec.text}, {@code
 * codec.wire}, {@code dns} and {@code config}.
 */
package firstanswer.frontend;
