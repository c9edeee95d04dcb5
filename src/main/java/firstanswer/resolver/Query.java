package firstanswer.resolver;

import firstanswer.clock.NanoClock;
import firstanswer.dns.Question;
import java.net.InetAddress;
import java.time.Duration;

/**
 * A client's question, with the client, the protocol and the transport that it came from.
 *
 * @param client the address that the query comes from
 * @param receivedNanos the time of receipt, on the {@link NanoClock} of the process
 * @param deadline the time, from receipt, within which the client gets a reply in any case
 */
public record Query(
    Question question,
    Protocol protocol,
    Transport transport,
    InetAddress client,
    long receivedNanos,
    Duration deadline) {

  /** The protocol of the client. */
  public enum Protocol {
    TEXT,
    DNS
  }

  /** The transport that the query came over. */
  public enum Transport {
    UDP,
    TCP
  }
}
