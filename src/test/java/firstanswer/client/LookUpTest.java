package firstanswer.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.Question;
import firstanswer.resolver.Outcome;
import firstanswer.testing.Outcomes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class LookUpTest {
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void nameServerResultsKeepTheOrderOfNames() throws Exception {
    Map<String, Outcome> answers =
        Map.of(
            "a.example", Outcomes.of(positive("a.example", Type.A, "192.0.2.1", "192.0.2.2")),
            "b.example", Outcomes.of(Answer.Negative.NXDOMAIN),
            "c.example", Outcomes.of(Answer.Negative.NODATA),
            "d.example", Outcomes.TIMED_OUT,
            "e.example", Outcomes.of(Answer.Failure.SERVFAIL),
            "f.example", Outcomes.of(new Answer.Unheard(Answer.Unheard.Cause.HOST_UNKNOWN)),
            "g.example", Outcomes.of(unparsable("g.example")));
    List<Result> results =
        ask(
            Type.A,
            question -> answers.get(question.name().key()),
            "d.example",
            "A.example",
            "b.example",
            "c.example",
            "x..y",
            "e.example",
            "f.example",
            "g.example");
    assertThat(results)
        .extracting(Result::outcome)
        .containsExactly(
            Result.Outcome.TIMED_OUT,
            Result.Outcome.ANSWERED,
            Result.Outcome.NOT_FOUND,
            Result.Outcome.NOT_FOUND,
            Result.Outcome.ERROR,
            Result.Outcome.ERROR,
            Result.Outcome.LOST,
            Result.Outcome.ERROR);
    assertThat(results)
        .extracting(Result::line)
        .containsExactly(
            "d.example - TIMED OUT",
            "a.example 192.0.2.1 A IN\na.example 192.0.2.2 A IN",
            "b.example - NOT FOUND",
            "c.example - NOT FOUND",
            "x..y - ERROR not a domain name",
            "e.example - ERROR SERVFAIL",
            "f.example - ERROR host unknown",
            "g.example - ERROR unreadable answer");
  }

  @Test
  void everyTypeIsWrittenAsInMasterFiles() throws Exception {
    Map<Integer, String> data =
        Map.of(
            Type.AAAA,
            "2001:db8::1",
            Type.MX,
            "10 mail.example.",
            Type.TXT,
            "one \"two words\"",
            65280,
            "\\# 4 DEADBEEF");
    for (Map.Entry<Integer, String> each : data.entrySet()) {
      Function<Question, Outcome> server =
          question -> Outcomes.of(positive("a.example", question.type(), each.getValue()));
      assertThat(ask(each.getKey(), server, "a.example"))
          .extracting(Result::line)
          .containsExactly(
              "a.example " + each.getValue() + " " + Type.string(each.getKey()) + " IN");
    }
  }

  private static List<Result> ask(int type, Function<Question, Outcome> server, String... names)
      throws Exception {
    return Source.from(List.of(names))
        .via(
            LookUp.overDns(
                    query -> CompletableFuture.completedFuture(server.apply(query.question())),
                    type,
                    Duration.ofSeconds(5),
                    3)
                .flow())
        .runWith(Sink.seq(), TEST_KIT.system())
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  /** An A record whose data have three bytes: a whole message, but no address. */
  private static Answer unparsable(String written) {
    Content content = ((Answer.Positive) positive(written, Type.A, "192.0.2.1")).content();
    byte[] whole = ((Content.Message) content).bytes();
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    cut[cut.length - 4] = 3;
    return new Answer.Positive(new Content.Message(cut));
  }

  private static Answer positive(String written, int type, String... data) {
    try {
      Name name = Name.fromString(written, Name.root);
      Message message = Message.newQuery(Record.newRecord(name, type, DClass.IN));
      message.getHeader().setFlag(Flags.QR);
      for (String each : data) {
        message.addRecord(
            Record.fromString(name, type, DClass.IN, 60, each, Name.root), Section.ANSWER);
      }
      return new Answer.Positive(new Content.Message(message.toWire()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
