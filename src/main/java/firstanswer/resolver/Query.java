package firstanswer.resolver;

import firstanswer.dns.Question;
import java.net.InetAddress;
import java.time.Duration;

/**
 * What a client asks of us, and how.
 *
 * @param client the address that the query comes from
 * @param receivedNanos when it came, on the {@link NanoClock} of the process
 * @param deadline how long after that the client is told something in any case
 */
public record Query(
    Question question,
    Protocol protocol,
    Transport transport,
    InetAddress client,
    long receivedNanos,
    Duration deadline) {

  /** In which protocol a client speaks. */
  public enum Protocol {
    TEXT,
    DNS
  }

  /** Over what a query comes. */
  public enum Transport {
    UDP,
    TCP
  }
}
