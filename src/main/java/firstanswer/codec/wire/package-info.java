/**
 * Reads and writes DNS messages (RFC 1035 section 4). Readers read only the parts that decide which
 * answer wins; writers pass the rest on unchanged. The front end, not this package, decides which
 * query gets which response. Pure (no I/O, no clock), and bounded in time and memory for any bytes.
 *
 * <p>May import {@code dns} and {@code dns.message}. No Akka.
 */
package firstanswer.codec.wire;
