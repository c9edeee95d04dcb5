/**
 * Both protocols on TCP streams, for whoever holds a connection: front ends, upstreams, the client.
 * Imports {@code codec.text}, {@code codec.wire}, {@code settings}.
 */
package firstanswer.framing;
