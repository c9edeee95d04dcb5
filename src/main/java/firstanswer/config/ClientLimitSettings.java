package firstanswer.config;

import java.util.Optional;

/**
 * The limits for clients. A client is one IPv4 address or one IPv6 network of 56 bits.
 *
 * @param allowed the clients that may ask at all
 * @param maxInFlight queries that one client may have in flight at one listener; half of the
 *     listener's limit bounds the value. Empty means no limit for one client
 * @param rate queries that one client may send per second; empty means no limit
 */
public record ClientLimitSettings(
    AccessList allowed, Optional<Integer> maxInFlight, Optional<Integer> rate) {

  /** No limits. */
  public static final ClientLimitSettings NONE =
      new ClientLimitSettings(AccessList.ANYBODY, Optional.empty(), Optional.empty());
}
