/**
 * The listeners. Each decodes queries of one protocol, passes them through {@code access} to a
 * resolver, and encodes the outcomes in the same protocol.
 *
 * <p>May import {@code access}, {@code clock}, {@code codec.text}, {@code codec.wire}, {@code
 * config}, {@code dns}, {@code resolver}, {@code transport}, {@code transport.framing}, {@code
 * transport.tcp} and {@code transport.udp}.
 */
package firstanswer.frontend;
