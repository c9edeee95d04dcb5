package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.BusyNameServer;
import firstanswer.testing.Jar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch through the packaged jar, over servers that work at few queries at a time. */
class BusyServersIT {
  private static final int NAMES = 1500;

  /**
   * On a quiet machine, none is lost. On a busy one, a batch that begins before the code is
   * compiled may lose some. Without a limit on the queries in flight, most are lost.
   */
  private static final int MAX_LOST = NAMES / 20;

  /** Beside other tests, a process that has just started needs more than the usual 5 s. */
  private static final String DEADLINE = "-Dfirstanswer.ls.text-deadline=9s";

  /** As many as a usual dnsmasq works at. */
  private static final int USUAL = 150;

  @TempDir private Path folder;

  @BeforeEach
  void writeNames() throws Exception {
    Files.write(
        folder.resolve("names.txt"),
        IntStream.range(0, NAMES).mapToObj(i -> "n" + i + ".example").toList());
  }

  @Test
  void batchOverServersThatRefuseWhatIsTooMuchLosesHardlyAnyName() throws Exception {
    try (BusyNameServer even = BusyNameServer.start(USUAL, true, name -> isEven(name));
        BusyNameServer odd = BusyNameServer.start(20, true, name -> !isEven(name))) {
      assertHardlyAnyIsLost(even, odd);
      assertThat(odd.turnedAway()).as("refused now and then").isPositive();
    }
  }

  @Test
  void batchOverServersThatDropWhatIsTooMuchLosesHardlyAnyName() throws Exception {
    try (BusyNameServer even = BusyNameServer.start(USUAL, false, name -> isEven(name));
        BusyNameServer odd = BusyNameServer.start(20, false, name -> !isEven(name))) {
      assertHardlyAnyIsLost(even, odd);
      assertThat(odd.turnedAway()).as("dropped now and then").isPositive();
    }
  }

  private static boolean isEven(String name) {
    return Integer.parseInt(name.substring(1, name.indexOf('.'))) % 2 == 0;
  }

  private void assertHardlyAnyIsLost(BusyNameServer even, BusyNameServer odd) throws Exception {
    try (Jar balancer = Jar.loadBalancer(folder, List.of(DEADLINE), even.uri(), odd.uri())) {
      String server = "127.0.0.1:" + balancer.ready().get("ls.text");
      Jar batch = Jar.start(folder, "query", "-s", server, "-f", "names.txt", "-o", "out.txt");
      int status = batch.status();
      assertThat(Files.readAllLines(folder.resolve("out.txt")))
          .hasSize(NAMES)
          .filteredOn(answer -> !answer.endsWith(" " + BusyNameServer.ADDRESS + " A IN"))
          .hasSizeLessThanOrEqualTo(MAX_LOST);
      assertThat(status).isLessThanOrEqualTo(ExitStatus.NOT_ALL_ANSWERED);
    }
  }
}
