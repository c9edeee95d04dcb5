/**
 * Stages that cut a stream of bytes into messages. The decoder of the protocol owns the rule, the
 * stage owns the clock.
 *
 * <p>May import {@code clock}, {@code codec.text} and {@code codec.wire}.
 */
package firstanswer.transport.framing;
