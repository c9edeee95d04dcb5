package firstanswer.transport.tcp;

/**
 * Counts the bytes of answers that wait to be sent over one connection. For any thread. From {@link
 * #close} on, nothing counts any more.
 */
public interface Unsent {
  /**
   * Says how to cut the connection off at once. That happens when too many bytes wait and this
   * connection has the most; {@code cutOff} may be called by any thread.
   */
  void cutBy(Runnable cutOff);

  /**
   * {@code bytes} wait from now on. False if there is no memory for them or the connection is cut
   * off; then they do not count and must not be kept.
   */
  boolean add(int bytes);

  /** {@code bytes} wait no longer. */
  void sent(int bytes);

  /** The connection has ended, and what waited is gone. Only then does a cut free its memory. */
  void close();
}
