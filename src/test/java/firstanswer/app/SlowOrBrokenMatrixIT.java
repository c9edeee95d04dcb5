package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.app.SlowOrBrokenRun.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Servers that are slow or broken in nine ways, beside one that holds the name, denies it or is
 * silent, under each policy, with 1, 8 and 100 queries in flight: no client is told that a name
 * does not exist while a server that holds it may still answer.
 */
class SlowOrBrokenMatrixIT {
  private static final Path TABLE = Path.of("target", "slow-or-broken.md");

  @Test
  void slowAndBrokenServersCauseNoFalseNo() throws Exception {
    SlowOrBrokenReport report = new SlowOrBrokenReport(run());
    Files.writeString(TABLE, report.table());
    assertThat(report.wrongs()).as("%s; all are in %s", report.summary(), TABLE).isEmpty();
  }

  private static List<Told> run() throws Exception {
    try (SlowOrBrokenRun run = new SlowOrBrokenRun(SlowOrBrokenCell.all())) {
      return run.run();
    }
  }
}
