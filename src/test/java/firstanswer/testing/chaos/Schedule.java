package firstanswer.testing.chaos;

import firstanswer.testing.chaos.ChaoticNameServer.Manner;
import firstanswer.testing.chaos.Events.Deed;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The schedule of the servers' failures. As from a pack of cards, each kind of event comes once
 * before any comes again, so that a short run has seen all of them; the order is up to {@code
 * random}.
 */
public final class Schedule implements Closeable {
  private static final Duration BETWEEN_MANNERS = Duration.ofMillis(500);

  /** For as long, a table server is dead or frozen; it then has the same to recover. */
  private static final Duration OUTAGE = Duration.ofMillis(1800);

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final List<TableServer> tableServers;
  private final List<ChaoticNameServer> nameServers;
  private final Events events;
  private final Random random;
  private final Deque<Deed> manners = new ArrayDeque<>();
  private final Deque<Deed> outages = new ArrayDeque<>();
  private boolean ill;

  /** Has not begun. */
  public Schedule(
      List<TableServer> tableServers,
      List<ChaoticNameServer> nameServers,
      Events events,
      Random random) {
    this.tableServers = tableServers;
    this.nameServers = nameServers;
    this.events = events;
    this.random = random;
  }

  /** Begins. */
  public void begin() {
    repeat(this::nextManner, BETWEEN_MANNERS);
    repeat(this::nextOutage, OUTAGE);
  }

  private void repeat(Deed deed, Duration interval) {
    var unused =
        thread.scheduleAtFixedRate(
            events.watched(deed), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void nextManner() throws Exception {
    if (manners.isEmpty()) {
      List<Deed> pack = new ArrayList<>();
      for (ChaoticNameServer server : nameServers) {
        for (Manner manner : Manner.values()) {
          pack.add(() -> behave(server, manner));
        }
      }
      shuffle(pack, manners);
    }
    manners.remove().run();
  }

  private void nextOutage() throws Exception {
    if (ill) {
      healAll();
      ill = false;
      return;
    }
    if (outages.isEmpty()) {
      List<Deed> pack = new ArrayList<>();
      for (TableServer server : tableServers) {
        pack.add(() -> kill(server));
        pack.add(() -> freeze(server));
      }
      shuffle(pack, outages);
    }
    outages.remove().run();
    ill = true;
  }

  private void shuffle(List<Deed> pack, Deque<Deed> to) {
    Collections.shuffle(pack, random);
    to.addAll(pack);
  }

  private void behave(ChaoticNameServer server, Manner manner) {
    server.behave(manner);
    events.count("server " + manner.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private void kill(TableServer server) throws InterruptedException {
    server.kill();
    events.count("killed " + server.protocol());
  }

  private void freeze(TableServer server) throws IOException, InterruptedException {
    server.freeze();
    events.count("frozen " + server.protocol());
  }

  private void healAll() throws IOException, InterruptedException {
    for (TableServer server : tableServers) {
      server.heal();
    }
  }

  /** Ends, heals all, and waits until they listen. */
  @Override
  public void close() throws IOException {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IOException("chaos does not end");
      }
      for (ChaoticNameServer server : nameServers) {
        server.behave(Manner.GOOD);
      }
      healAll();
      for (TableServer server : tableServers) {
        server.awaitReady();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
