package firstanswer.testing;

import java.io.Closeable;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.xbill.DNS.Message;

/**
 * An attacker who does not see the queries to a name server, but knows their questions and the
 * ports that they come from, and can forge the server's address. It guesses ids, as fast as it is
 * told to.
 */
public final class GuessingAttacker implements Closeable {
  /** In all its answers. */
  public static final String ADDRESS = "203.0.113.66";

  private static final int IDS = 1 << 16;
  private static final int BURSTS_PER_SECOND = 1000;

  private final PatientNameServer server;
  private final int perBurst;
  private final Random random = new Random();
  private final AtomicLong sent = new AtomicLong();
  private volatile byte[] forged = {};
  private volatile boolean over;

  /** Begins with the first {@link #target}. */
  public GuessingAttacker(PatientNameServer server, int datagramsPerSecond) {
    this.server = server;
    this.perBurst = datagramsPerSecond / BURSTS_PER_SECOND;
    Thread thread = new Thread(this::attack, "attacker");
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on, forges answers to that query. */
  public void target(Message query) {
    forged = Responses.positive(query, ADDRESS);
  }

  /** How many answers it has forged. */
  public long sent() {
    return sent.get();
  }

  private void attack() {
    long nextNanos = System.nanoTime();
    while (!over) {
      try {
        burst(forged.clone(), server.recentPorts());
      } catch (IOException e) {
        return;
      }
      nextNanos += TimeUnit.SECONDS.toNanos(1) / BURSTS_PER_SECOND;
      long left;
      while ((left = nextNanos - System.nanoTime()) > 0) {
        LockSupport.parkNanos(left);
      }
    }
  }

  private void burst(byte[] answer, int... ports) throws IOException {
    if (answer.length == 0 || ports.length == 0) {
      return;
    }
    for (int i = 0; i < perBurst; i++) {
      int id = random.nextInt(IDS);
      answer[0] = (byte) (id >> 8);
      answer[1] = (byte) id;
      server.sendAsServer(answer, ports[random.nextInt(ports.length)]);
      sent.incrementAndGet();
    }
  }

  @Override
  public void close() {
    over = true;
  }
}
