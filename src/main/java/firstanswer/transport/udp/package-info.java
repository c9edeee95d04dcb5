/**
 * Datagrams. Another way to send and receive them needs another {@link
 * firstanswer.transport.udp.UdpTransport} and nothing else.
 *
 * <p>May import {@code transport.loop}.
 */
package firstanswer.transport.udp;
