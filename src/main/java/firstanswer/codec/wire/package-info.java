/**
 * DNS messages (RFC 1035 section 4), bytes to the domain and back. Reads only what a verdict needs,
 * and passes the rest on as it is. Pure, and bounded for whatever the bytes are: no Akka, no I/O,
 * no clock. Imports {@code dns} only.
 */
package firstanswer.codec.wire;
