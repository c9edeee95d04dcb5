/**
 * The text protocol on streams, for whoever holds a connection: front ends, upstreams, the client.
 * Imports {@code codec.text}, {@code settings}.
 */
package firstanswer.framing;
