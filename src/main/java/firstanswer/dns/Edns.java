package firstanswer.dns;

import java.util.Arrays;

/**
 * The end-to-end part of an OPT record (RFC 6891 section 6.1): its flags, and the options that a
 * forwarder passes on. The payload size, the version and hop-by-hop options are left out, since
 * each hop has its own.
 */
public final class Edns {
  /** DO, the highest of the flags: the client understands DNSSEC records (RFC 3225 section 3). */
  public static final int DNSSEC_OK = 0x8000;

  private final int flags;
  private final byte[] options;

  /**
   * Takes over {@code options}.
   *
   * @param flags 16 bits
   * @param options in wire format (RFC 6891 section 6.1.2)
   */
  public Edns(int flags, byte[] options) {
    this.flags = flags;
    this.options = options;
  }

  /** The 16 bits of flags. */
  public int flags() {
    return flags;
  }

  /** The options in wire format, not a copy. */
  public byte[] options() {
    return options;
  }

  /** A copy with {@code more} options, in wire format, behind these. */
  public Edns withOptions(byte[] more) {
    byte[] all = Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return new Edns(flags, all);
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
