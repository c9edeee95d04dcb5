package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.ProcessUsage;
import firstanswer.testing.ScriptedNameServer;
import firstanswer.testing.ScriptedNameServer.Script;
import firstanswer.transport.loop.EventLoop;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Counts the memory and the turns that a query takes on the event loop, and times nothing, so that
 * no feature makes each query dearer unnoticed. A race of two name servers, over UDP.
 */
class QueryCostTest {
  /** Of memory, of which the collector has to make room again. */
  private static final long MAX_BYTES = 16_000;

  /** Turns of actors, and timers. */
  private static final long MAX_TASKS = 9;

  private static final String TIMERS = "firstanswer.transport.loop.LoopTimer";
  private static final int WARM_UP = 2_000;
  private static final int QUERIES = 2_000;

  @TempDir private Path folder;

  private record Spent(long bytes, long tasks) {}

  @Test
  void queryTakesNoMoreMemoryAndNoMoreTurnsThanItsBudget() throws Exception {
    try (ScriptedNameServer first = new ScriptedNameServer(0);
        ScriptedNameServer second = new ScriptedNameServer(0);
        BalancersInProcess balancer = race(first, second);
        DnsDatagrams client = DnsDatagrams.with(balancer.ports().get(0))) {
      ask(client, 0, WARM_UP);
      Spent before = spent(balancer.loop());
      ask(client, WARM_UP, QUERIES);
      Spent after = spent(balancer.loop());
      long bytes = (after.bytes() - before.bytes()) / QUERIES;
      long tasks = (after.tasks() - before.tasks()) / QUERIES;
      System.out.printf("a query: %d bytes, %d tasks%n", bytes, tasks);
      assertThat(bytes).as("bytes").isLessThanOrEqualTo(MAX_BYTES);
      assertThat(tasks).as("tasks").isLessThanOrEqualTo(MAX_TASKS);
    }
  }

  @Test
  void nothingOfAQueryIsLeftWhenItHasItsAnswer() throws Exception {
    ProcessUsage.assumeAvailable();
    try (ScriptedNameServer first = new ScriptedNameServer(0);
        ScriptedNameServer second = new ScriptedNameServer(1);
        BalancersInProcess balancer = race(first, second);
        DnsDatagrams client = DnsDatagrams.with(balancer.ports().get(0))) {
      ask(client, 0, 100);
      long before = timers();
      ask(client, 100, QUERIES);
      assertThat(timers()).as("timers").isLessThan(before + QUERIES / 10);
    }
  }

  private long timers() throws Exception {
    long self = ProcessHandle.current().pid();
    return ProcessUsage.of(folder, self, TIMERS).counts().get("LoopTimer");
  }

  private static BalancersInProcess race(ScriptedNameServer first, ScriptedNameServer second)
      throws Exception {
    return new BalancersInProcess(
        List.of(new BalancersInProcess.Setup(List.of(uri(first), uri(second)), "race")));
  }

  private static String uri(ScriptedNameServer server) {
    return "dns://127.0.0.1:" + server.port();
  }

  private static void ask(DnsDatagrams client, int first, int count) throws IOException {
    for (int i = first; i < first + count; i++) {
      Name name = Name.fromString(Script.POSITIVE.after(0) + ".n" + i + ".example.");
      client.send(Message.newQuery(Record.newRecord(name, Type.A, DClass.IN)));
      assertThat(client.receive().getSection(Section.ANSWER)).hasSize(1);
    }
  }

  private static Spent spent(EventLoop loop) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return CompletableFuture.supplyAsync(
            () -> new Spent(threads.getCurrentThreadAllocatedBytes(), loop.tasks()), loop)
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }
}
