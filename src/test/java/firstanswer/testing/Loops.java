package firstanswer.testing;

import firstanswer.transport.loop.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Event loops for tests. */
public final class Loops {
  private Loops() {}

  /** A loop on a thread of its own, which does not keep the process from ending. */
  public static EventLoop start() {
    try {
      return EventLoop.start(
          run -> {
            Thread thread = new Thread(run, "loop-of-the-test");
            thread.setDaemon(true);
            return thread;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
