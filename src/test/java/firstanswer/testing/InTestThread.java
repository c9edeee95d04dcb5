package firstanswer.testing;

import akka.actor.typed.DispatcherSelector;
import akka.testkit.CallingThreadDispatcher;

/**
 * Actors without threads of their own: each handles a message in the thread that sends it, before
 * the sender goes on. So no message of the test, and no tick of its virtual time, overtakes
 * another.
 */
public final class InTestThread {
  private InTestThread() {}

  /** For the actor under test; its children keep the threads of the system. */
  public static DispatcherSelector dispatcher() {
    return DispatcherSelector.fromConfig(CallingThreadDispatcher.Id());
  }
}
