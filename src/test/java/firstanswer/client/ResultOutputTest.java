package firstanswer.client;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.client.Result.Outcome;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultOutputTest {
  private static final List<Result> RESULTS =
      List.of(
          new Result("a.example", Outcome.ANSWERED, "A.example 192.0.2.1 A IN", 1_234_567),
          Result.timedOut("b.example"),
          new Result("c.example", Outcome.NOT_FOUND, "", 0),
          Result.error("say \"d\", please", "not a host name"));

  private final List<Long> progress = new ArrayList<>();

  @Test
  void textHasOneLinePerName() throws IOException {
    assertThat(written(ResultFormat.TEXT))
        .isEqualTo(
            """
            A.example 192.0.2.1 A IN
            b.example - TIMED OUT
            c.example - NOT FOUND
            say "d", please - ERROR not a host name
            """);
    assertThat(progress).containsExactly(4L);
  }

  @Test
  void jsonHasOneObjectPerName() throws IOException {
    assertThat(written(ResultFormat.JSON))
        .isEqualTo(
            """
            {"name":"a.example","outcome":"answered","address":"192.0.2.1","answer":"A.example 192.0.2.1 A IN","milliseconds":1.234}
            {"name":"b.example","outcome":"timed_out","address":"","answer":"","milliseconds":0.0}
            {"name":"c.example","outcome":"not_found","address":"","answer":"","milliseconds":0.0}
            {"name":"say \\"d\\", please","outcome":"error","address":"","answer":"not a host name","milliseconds":0.0}
            """);
  }

  @Test
  void csvHasAHeaderAndQuotes() throws IOException {
    assertThat(written(ResultFormat.CSV))
        .isEqualTo(
            """
            name,outcome,address,answer,milliseconds
            a.example,answered,192.0.2.1,A.example 192.0.2.1 A IN,1.234
            b.example,timed_out,,,0.0
            c.example,not_found,,,0.0
            "say ""d"", please",error,,not a host name,0.0
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void controlCharactersAreEscapedInEveryFormat() throws IOException {
    List<Result> hostile =
        List.of(
            new Result("a.example", Outcome.ANSWERED, "a.example 192.0.2.1 A IN \u001b[2J", 0),
            Result.error("b\u001b", "c\u0007"));
    for (ResultFormat format : ResultFormat.values()) {
      StringWriter writer = new StringWriter();
      new ResultOutput(format, List.of(writer), progress::add).write(hostile);
      assertThat(writer.toString())
          .matches(text -> text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r'));
    }
    assertThat(hostile.get(1).line()).isEqualTo("b\\027 - ERROR c\\007");
  }

  @Test
  void summaryCountsResultsAndNamesLostOnes() throws IOException {
    ResultOutput output = new ResultOutput(ResultFormat.TEXT, List.of(), done -> {});
    output.tally().start();
    output.write(RESULTS);
    for (int i = 0; i < 5; i++) {
      output.write(List.of(Result.lost("lost" + i + ".example", "Connection reset")));
    }
    assertThat(output.tally().summary())
        .startsWith("9 names: 1 answered, 1 not found, 1 timed out, 1 error, 5 lost; ")
        .contains("p50 1.23, p90 1.23, p99 1.23, max 1.23")
        .endsWith(
            "server lost: Connection reset; not answered: lost0.example, lost1.example,"
                + " lost2.example and 2 more");
    assertThat(output.tally().serverLost()).isTrue();
    assertThat(output.tally().allAnswered()).isFalse();
  }

  @Test
  void summaryOfOneNameSaysOneName() throws IOException {
    ResultOutput output = new ResultOutput(ResultFormat.TEXT, List.of(), done -> {});
    output.tally().start();
    output.write(List.of(Result.timedOut("a.example")));
    assertThat(output.tally().summary())
        .startsWith("1 name: 0 answered, 1 timed out, 0 errors; ")
        .containsPattern(" [\\d,]+ names?/s$");
  }

  private String written(ResultFormat format) throws IOException {
    StringWriter writer = new StringWriter();
    new ResultOutput(format, List.of(writer), progress::add).write(RESULTS);
    return writer.toString();
  }
}
