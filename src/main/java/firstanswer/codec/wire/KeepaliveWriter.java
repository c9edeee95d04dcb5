package firstanswer.codec.wire;

import firstanswer.dns.message.Header;
import firstanswer.dns.message.WireMessage;
import java.time.Duration;
import java.util.Arrays;

/**
 * Tells clients over TCP how long their connection may be idle: edns-tcp-keepalive (RFC 7828). Only
 * a client that asks is told.
 */
public final class KeepaliveWriter {
  /** The unit of the timeout, and the most that its 16 bits can say (RFC 7828 section 3.1). */
  private static final Duration UNIT = Duration.ofMillis(100);

  private static final int MAX_TIMEOUT = 0xffff;

  private final byte[] option;

  /** A writer for connections that may be idle for {@code idleTimeout}. */
  public KeepaliveWriter(Duration idleTimeout) {
    this.option =
        EdnsOptions.tcpKeepalive((int) Math.min(MAX_TIMEOUT, idleTimeout.dividedBy(UNIT)));
  }

  /**
   * The {@code response} to {@code query}, with the option if the client has asked for it. The
   * response stays as it is if it would become too long, or in the rare case that its OPT record is
   * not its last record.
   */
  public byte[] write(ClientQuery query, byte[] response) {
    if (!query.asksForKeepalive() || response.length + option.length > ResponseWriter.MAX_BYTES) {
      return response;
    }
    return WireMessage.read(response)
        .filter(WireMessage::hasOpt)
        .filter(message -> message.dataEnd(message.opt()) == response.length)
        .map(this::withOption)
        .orElse(response);
  }

  private byte[] withOption(WireMessage message) {
    int length = message.bytes().length;
    byte[] longer = Arrays.copyOf(message.bytes(), length + option.length);
    System.arraycopy(option, 0, longer, length, option.length);
    int dataAt = message.data(message.opt());
    Header.setWord(longer, dataAt - Short.BYTES, length - dataAt + option.length);
    return longer;
  }
}
