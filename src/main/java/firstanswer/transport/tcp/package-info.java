/**
 * TCP connections: those that a listener accepts, and those that we open to a server of either
 * protocol. Imports {@code transport}, {@code transport.framing}, {@code codec.text}, {@code
 * codec.wire}, {@code config}.
 */
package firstanswer.transport.tcp;
