package firstanswer.config;

import java.util.Optional;

/**
 * What the clients of a server may do. A client is an IPv4 address or an IPv6 network of 56 bits.
 *
 * @param allowed who may ask at all
 * @param maxInFlight queries of one client that wait for their answer at one listener, where one
 *     client never has more than half of all; empty is no limit
 * @param rate queries a second of one client; empty is no limit
 */
public record ClientLimitSettings(
    AccessList allowed, Optional<Integer> maxInFlight, Optional<Integer> rate) {

  /** Anybody may do anything. */
  public static final ClientLimitSettings NONE =
      new ClientLimitSettings(AccessList.ANYBODY, Optional.empty(), Optional.empty());
}
