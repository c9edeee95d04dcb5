package firstanswer.testing;

import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.typed.DispatcherSelector;
import akka.testkit.CallingThreadDispatcher;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

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

  /**
   * Virtual time in a system whose actors all run so, probes too: what has not come when a call of
   * the test returns does not come. Not for actors that other threads wake while the test runs:
   * such a thread and the test could wait for each other.
   */
  public static Config config() {
    return ConfigFactory.parseString(
            "akka.actor.default-dispatcher.type = akka.testkit.CallingThreadDispatcherConfigurator")
        .withFallback(virtualTime());
  }

  /** Virtual time, and the patience of all tests: a kit with settings of its own reads no file. */
  public static Config virtualTime() {
    return ManualTime.config()
        .withFallback(ConfigFactory.parseResourcesAnySyntax("application-test"));
  }
}
