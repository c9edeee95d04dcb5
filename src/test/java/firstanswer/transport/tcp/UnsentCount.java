package firstanswer.transport.tcp;

/** Counts the bytes of one connection, which the test may cut off. */
final class UnsentCount implements Unsent {
  private Runnable cutOff;
  private long bytes;
  private boolean full;
  private boolean closed;

  @Override
  public void cutBy(Runnable how) {
    cutOff = how;
  }

  @Override
  public boolean add(int more) {
    bytes += more;
    return !full;
  }

  @Override
  public void sent(int less) {
    bytes -= less;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** From now on, answers are dropped. */
  void fill() {
    full = true;
  }

  void cutOff() {
    cutOff.run();
  }

  long bytes() {
    return bytes;
  }

  boolean isClosed() {
    return closed;
  }
}
