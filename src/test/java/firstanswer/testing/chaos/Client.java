package firstanswer.testing.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** One who asks the load balancer, and hears its answers on a thread of its own. */
abstract class Client implements Closeable {
  private final String name;
  private final Ledger ledger;
  private volatile boolean closed;

  Client(String name, Ledger ledger) {
    this.name = name;
    this.ledger = ledger;
  }

  /** When its socket is there. */
  final void listen() {
    Thread thread = new Thread(this::hear, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void hear() {
    while (!closed) {
      try {
        receive();
      } catch (SocketTimeoutException e) {
        // Nothing has come: who waits for an answer will say so.
      } catch (IOException e) {
        if (!closed) {
          ledger.violation(name + " was cut off: " + e);
        }
        return;
      } catch (RuntimeException e) {
        ledger.violation(name + " heard what it cannot read: " + e);
      }
    }
  }

  final String name() {
    return name;
  }

  final Ledger ledger() {
    return ledger;
  }

  /** Sends one query. */
  abstract void ask(int number, int type) throws IOException;

  /** Waits for the next answer, or for some, and enters what it tells. */
  abstract void receive() throws IOException;

  abstract void disconnect() throws IOException;

  @Override
  public final void close() throws IOException {
    closed = true;
    disconnect();
  }
}
