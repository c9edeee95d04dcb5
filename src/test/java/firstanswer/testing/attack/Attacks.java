package firstanswer.testing.attack;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Attacks that go on at the same time, until this is closed. */
public final class Attacks implements Closeable {
  /** Long enough that the attackers leave the server a part of the machine. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final List<Attack> attacks;
  private final Thread thread = new Thread(this::attack, "attacks");
  private volatile boolean over;
  private volatile Optional<IOException> failure = Optional.empty();

  public Attacks(List<Attack> attacks) {
    this.attacks = attacks;
    thread.setDaemon(true);
    thread.start();
  }

  private void attack() {
    while (!over) {
      try {
        for (Attack attack : attacks) {
          attack.step();
        }
      } catch (IOException e) {
        failure = Optional.of(e);
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Why the attacks have come to an early end, if they have. */
  public Optional<IOException> failure() {
    return failure;
  }

  @Override
  public void close() throws IOException {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Attack attack : attacks) {
      attack.close();
    }
  }
}
