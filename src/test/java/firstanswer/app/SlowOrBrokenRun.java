package firstanswer.app;

import firstanswer.app.SlowOrBroken.Running;
import firstanswer.app.SlowOrBrokenCell.Other;
import firstanswer.app.SlowOrBrokenCell.Round;
import firstanswer.testing.ManyQueries;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.xbill.DNS.Name;

/**
 * Runs all cells of the matrix side by side. All share the slow and broken servers; each has a load
 * balancer of its own, since what that has learnt about its servers must be its own.
 */
final class SlowOrBrokenRun implements Closeable {
  /** Cells begin one after the other, so that no moment has all the load. */
  private static final int GAP_MILLIS = 40;

  private static final int BETWEEN_MILLIS = 250;

  /** A dead server must be known after 3 s; a busy machine adds to it. */
  private static final int LATER_MILLIS = 4250;

  /**
   * A server that is asked by then can answer before the deadline. A policy may wait 1 s before it
   * asks.
   */
  private static final long ASKED_IN_TIME_NANOS = TimeUnit.MILLISECONDS.toNanos(1250);

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** A query, and its id, which is its place in the schedule. */
  private record Due(SlowOrBrokenCell cell, Round round, long atMillis, long runMillis) {}

  /**
   * The outcome of a query.
   *
   * @param atMillis when it was sent, after the first of its cell
   * @param millis until the answer
   * @param oddAskedInTime whether the odd server could still answer when it was asked
   */
  record Told(
      SlowOrBrokenCell cell,
      Round round,
      long atMillis,
      Said said,
      long millis,
      boolean oddAskedInTime) {
    boolean isRight() {
      return cell.allowed(oddAskedInTime).contains(said) && millis <= cell.maxMillis(round);
    }
  }

  private final List<SlowOrBrokenCell> cells;
  private final Map<SlowOrBroken, Running> odd = new EnumMap<>(SlowOrBroken.class);
  private final Map<Other, Running> others = new EnumMap<>(Other.class);
  private final BalancersInProcess balancers;

  /** Starts all servers and load balancers. */
  SlowOrBrokenRun(List<SlowOrBrokenCell> cells) throws Exception {
    this.cells = cells;
    for (SlowOrBroken each : SlowOrBroken.values()) {
      odd.put(each, each.start());
    }
    for (Other each : Other.values()) {
      others.put(each, SlowOrBroken.scripted(each.script()));
    }
    balancers = new BalancersInProcess(cells.stream().map(this::setup).toList());
  }

  private BalancersInProcess.Setup setup(SlowOrBrokenCell cell) {
    return new BalancersInProcess.Setup(
        List.of(odd.get(cell.odd()).uri(), others.get(cell.other()).uri()), cell.policy());
  }

  /** Asks everything, and waits for all answers. */
  List<Told> run() throws IOException, InterruptedException {
    List<Due> schedule = schedule();
    long[] askedNanos = new long[schedule.size()];
    try (ManyQueries client = new ManyQueries(schedule.size())) {
      Map<SlowOrBrokenCell, Integer> ports = ports();
      long startNanos = System.nanoTime();
      for (int id = 0; id < schedule.size(); id++) {
        Due due = schedule.get(id);
        await(startNanos + TimeUnit.MILLISECONDS.toNanos(due.runMillis()));
        askedNanos[id] = client.ask(id, ports.get(due.cell()), name(id));
      }
      client.awaitAnswers(PATIENCE);
      List<Told> told = new ArrayList<>();
      for (int id = 0; id < schedule.size(); id++) {
        told.add(told(schedule.get(id), name(id), askedNanos[id], client.answer(id).orElse(null)));
      }
      return told;
    }
  }

  private Map<SlowOrBrokenCell, Integer> ports() {
    Map<SlowOrBrokenCell, Integer> ports = new HashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      ports.put(cells.get(i), balancers.ports().get(i));
    }
    return ports;
  }

  private List<Due> schedule() {
    List<Due> schedule = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      SlowOrBrokenCell cell = cells.get(i);
      long start = (long) i * GAP_MILLIS;
      for (int n = 0; n < cell.inFlight(); n++) {
        schedule.add(new Due(cell, Round.FIRST, 0, start));
        schedule.add(new Due(cell, Round.LATER, LATER_MILLIS, start + LATER_MILLIS));
      }
      if (cell.showsDeath() && cell.inFlight() > 1) {
        IntStream.range(1, LATER_MILLIS / BETWEEN_MILLIS)
            .map(n -> n * BETWEEN_MILLIS)
            .forEach(at -> schedule.add(new Due(cell, Round.BETWEEN, at, start + at)));
      }
    }
    schedule.sort(Comparator.comparing(Due::runMillis));
    return schedule;
  }

  private static void await(long nanos) {
    long left;
    while ((left = nanos - System.nanoTime()) > 0) {
      LockSupport.parkNanos(left);
    }
  }

  private static Name name(int id) throws IOException {
    return Name.fromString("q" + id + ".example.");
  }

  private Told told(Due due, Name name, long askedNanos, ManyQueries.Answer answer)
      throws IOException {
    Running server = odd.get(due.cell().odd());
    boolean inTime = !server.arrivals().areAllAfter(name, askedNanos + ASKED_IN_TIME_NANOS);
    Said said = answer == null ? Said.NOTHING : Said.of(answer.message(), server.address());
    long millis =
        answer == null
            ? PATIENCE.toMillis()
            : TimeUnit.NANOSECONDS.toMillis(answer.nanos() - askedNanos);
    return new Told(due.cell(), due.round(), due.atMillis(), said, millis, inTime);
  }

  @Override
  public void close() throws IOException {
    balancers.close();
    for (Running server : odd.values()) {
      server.close();
    }
    for (Running server : others.values()) {
      server.close();
    }
  }
}
