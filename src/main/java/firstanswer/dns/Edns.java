package firstanswer.dns;

import java.util.Arrays;

/**
 * What of an OPT record (RFC 6891 section 6.1) is meant for the far end: its flags, DO among them,
 * and the options that are not between neighbours. Size and version are between neighbours.
 */
public final class Edns {
  private final int flags;
  private final byte[] options;

  /**
   * Takes over {@code options}, which are as on the wire.
   *
   * @param flags 16 bits, DO the highest
   */
  public Edns(int flags, byte[] options) {
    this.flags = flags;
    this.options = options;
  }

  /** 16 bits, DO the highest. */
  public int flags() {
    return flags;
  }

  /** The options as on the wire, not a copy. */
  public byte[] options() {
    return options;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Edns edns
        && flags == edns.flags
        && Arrays.equals(options, edns.options);
  }

  @Override
  public int hashCode() {
    return 31 * flags + Arrays.hashCode(options);
  }
}
