/**
 * Everything that moves bytes, for front ends, upstreams and the batch client: {@code udp} sends
 * and receives datagrams, {@code tcp} accepts and opens connections, {@code framing} cuts a stream
 * of bytes into messages. This folder itself holds what UDP and TCP share.
 *
 * <p>May import {@code config}.
 */
package firstanswer.transport;
