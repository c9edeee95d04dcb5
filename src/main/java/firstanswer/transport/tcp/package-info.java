/**
 * TCP connections: those that a listener accepts, and those that we open to a server of either
 * protocol.
 *
 * <p>May import {@code clock}, {@code codec.text}, {@code codec.wire}, {@code config}, {@code
 * transport}, {@code transport.framing} and {@code transport.loop}.
 */
package firstanswer.transport.tcp;
