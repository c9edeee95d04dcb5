package firstanswer.testing.attack;

import java.io.Closeable;
import java.io.IOException;

/** Clients that mean harm in one way. */
public interface Attack extends Closeable {
  /** Goes on with the attack for a moment; never waits for the server. */
  void step() throws IOException;
}
