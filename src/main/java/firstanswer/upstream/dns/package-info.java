/**
 * An upstream that speaks DNS, over UDP and, for answers that are too long, TCP.
 *
 * <p>May import {@code codec.wire}, {@code config}, {@code dns}, {@code resolver}, {@code
 * transport.tcp}, {@code transport.udp}, {@code tsproxy} and {@code upstream.health}.
 */
package firstanswer.upstream.dns;
