/**
 * An upstream that speaks DNS over UDP and, for answers too long for UDP, TCP. {@code Exchange}
 * decides and knows no actor; the actor {@code DnsProxy} carries the decisions out.
 *
 * <p>May import {@code codec.wire}, {@code config}, {@code congestion}, {@code dns}, {@code
 * dns.message}, {@code resolver}, {@code transport.tcp}, {@code transport.udp}, {@code tsproxy} and
 * {@code upstream.health}.
 */
package firstanswer.upstream.dns;
