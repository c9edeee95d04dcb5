/**
 * Datagrams, for whoever sends or receives them: front ends and upstreams. Another way to handle
 * them needs another {@link firstanswer.transport.UdpTransport} and nothing else. Imports nothing
 * of the project.
 */
package firstanswer.transport;
