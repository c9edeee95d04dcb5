package firstanswer.testing.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.xbill.DNS.Type;

/**
 * Clients that stay until they are answered, and ask at a steady rate whatever the answers do: of
 * ten queries about seven over UDP, and the others over TCP, in DNS and in the text protocol.
 */
public final class Clients implements Closeable {
  private static final int UDP = 7;
  private static final int TCP = 2;
  private static final int TEXT = 2;
  private static final int STEP_MILLIS = 2;
  private static final int OF_ANOTHER_TYPE_ONE_IN = 10;

  private final List<Client> clients = new ArrayList<>();
  private final Ledger ledger;
  private final Random random;

  /** Connects to the ports of a load balancer. */
  public Clients(int dnsPort, int textPort, Ledger ledger, Random random) throws IOException {
    this.ledger = ledger;
    this.random = random;
    for (int i = 0; i < UDP; i++) {
      clients.add(DnsClient.overUdp(dnsPort, ledger));
    }
    for (int i = 0; i < TCP; i++) {
      clients.add(DnsClient.overTcp(dnsPort, ledger));
    }
    for (int i = 0; i < TEXT; i++) {
      clients.add(new TextClient(textPort, ledger));
    }
  }

  /**
   * Asks {@code queries} names, drawn at random. What was not sent in time, because this process
   * stood still, is not caught up with all at once: that would be a flood.
   */
  public void ask(int queries, int perSecond) throws IOException, InterruptedException {
    int mostInStep = Math.max(1, perSecond * STEP_MILLIS * 4 / 1000);
    long begin = System.nanoTime();
    int sent = 0;
    while (sent < queries) {
      long due = (System.nanoTime() - begin) * perSecond / 1_000_000_000L;
      for (int i = 0; i < mostInStep && sent < Math.min(due, queries); i++) {
        askOne();
        sent++;
      }
      Thread.sleep(STEP_MILLIS);
    }
  }

  private void askOne() throws IOException {
    Client client = clients.get(random.nextInt(clients.size()));
    boolean another = random.nextInt(OF_ANOTHER_TYPE_ONE_IN) == 0 && client instanceof DnsClient;
    client.ask(random.nextInt(SplitNames.COUNT), another ? Type.AAAA : Type.A);
  }

  /** Waits until all are answered, or {@code millis} are over. */
  public void awaitAnswers(long millis) throws InterruptedException {
    long begin = System.nanoTime();
    while (ledger.unanswered() > 0 && System.nanoTime() - begin < millis * 1_000_000) {
      Thread.sleep(STEP_MILLIS);
    }
  }

  @Override
  public void close() throws IOException {
    for (Client client : clients) {
      client.close();
    }
  }
}
