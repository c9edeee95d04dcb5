/**
 * Reads and writes DNS messages (RFC 1035 section 4). Readers read only as much as a verdict needs;
 * writers pass the rest on unchanged. No policy: the front end decides which query gets which
 * response. Pure, and bounded in time and memory for any bytes: no I/O, no clock.
 *
 * <p>May import {@code dns} and {@code dns.message}. No Akka.
 */
package firstanswer.codec.wire;
