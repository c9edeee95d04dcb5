package firstanswer.config;

import java.util.Optional;

/**
 * The limits for clients. A client is one IPv4 address or one IPv6 network of 56 bits.
 *
 * @param allowed the clients that may ask at all
 * @param maxInFlight queries that one client may have in flight at one listener; half of the
 *     listener's limit bounds the value. Empty means no limit for one client
 * @param rate queries that one client may send per second; empty means no limit
 * @param refusedRate clients that may not ask are told so this often per second, all together;
 *     empty means no limit
 */
public record ClientLimitSettings(
    AccessList allowed,
    Optional<Integer> maxInFlight,
    Optional<Integer> rate,
    Optional<Integer> refusedRate) {

  /** The limit on clients that are {@code allowed}, and no other. */
  public static ClientLimitSettings of(AccessList allowed) {
    return new ClientLimitSettings(allowed, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
