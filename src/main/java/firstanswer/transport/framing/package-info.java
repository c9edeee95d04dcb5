/**
 * Stages that cut a stream of bytes into messages. The decoder of the protocol owns the rule, the
 * stage owns the clock. Imports {@code codec.text}, {@code codec.wire}.
 */
package firstanswer.transport.framing;
