package firstanswer.table;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import firstanswer.config.TableFileSettings;
import firstanswer.dns.Answer;
import firstanswer.dns.Content;
import firstanswer.dns.DomainName;
import firstanswer.dns.Manner;
import firstanswer.dns.Question;
import firstanswer.table.file.TableFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class TsServerTest {
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();
  private static final Answer OLD = Answer.Positive.line("A.example 192.0.2.1 A IN");
  private static final Answer NEW = Answer.Positive.line("b.example 192.0.2.2 A IN");

  private final TestProbe<Answer> client = TEST_KIT.createTestProbe();
  private final TestProbe<TsServer.Reloaded> operator = TEST_KIT.createTestProbe();
  @TempDir private Path folder;
  private Path file;
  private ActorRef<TsServer.Command> server;

  @BeforeEach
  void start() throws Exception {
    file = Files.writeString(folder.resolve("table.txt"), "A.example 192.0.2.1 A\n");
    List<TableFileSettings> files = List.of(TableFileSettings.parse(file.toString()).orElseThrow());
    server =
        TEST_KIT.spawn(
            TsServer.create(
                TableFiles.read(files), () -> TableFiles.read(files), Answer.Negative.NXDOMAIN));
  }

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void textQueryGetsTheTableLineOrTheMiss() {
    assertThat(ask("a.EXAMPLE")).isEqualTo(OLD);
    assertThat(ask("b.example")).isEqualTo(Answer.Negative.NXDOMAIN);
  }

  @Test
  void reloadReplacesTheWholeTable() throws Exception {
    Files.writeString(file, "b.example 192.0.2.2 A\n");
    server.tell(new TsServer.Reload(operator.getRef()));
    operator.expectMessage(new TsServer.Reloaded(1, ""));
    assertThat(ask("a.example")).isEqualTo(Answer.Negative.NXDOMAIN);
    assertThat(ask("b.example")).isEqualTo(NEW);
  }

  @Test
  void reloadOfABadFileKeepsTheOldTable() throws Exception {
    Files.writeString(file, "b.example 192.0.2.2 A\nbad\n");
    server.tell(new TsServer.Reload(operator.getRef()));
    TsServer.Reloaded outcome = operator.receiveMessage();
    assertThat(outcome.problem()).startsWith(file + ":2: ");
    assertThat(outcome.names()).isEqualTo(1);
    assertThat(ask("a.example")).isEqualTo(OLD);
  }

  /** Two readings side by side could end in any order, and the older table could stay. */
  @Test
  void reloadsThatOverlapReadTheTableOneAfterTheOther() throws Exception {
    BlockingQueue<CompletableFuture<Table>> readings = new LinkedBlockingQueue<>();
    ActorRef<TsServer.Command> slow =
        TEST_KIT.spawn(
            TsServer.create(
                table("old.example"),
                () -> {
                  CompletableFuture<Table> reading = new CompletableFuture<>();
                  readings.add(reading);
                  return reading.get(10, TimeUnit.SECONDS);
                },
                Answer.Negative.NXDOMAIN));
    for (int i = 0; i < 3; i++) {
      slow.tell(new TsServer.Reload(operator.getRef()));
    }
    CompletableFuture<Table> first = readings.poll(10, TimeUnit.SECONDS);
    slow.tell(new TsServer.LookUp(text("old.example"), client.getRef()));
    client.expectMessageClass(Answer.Positive.class);
    assertThat(readings).isEmpty();
    first.complete(table("first.example", "second.example"));
    operator.expectMessage(new TsServer.Reloaded(2, ""));
    readings.poll(10, TimeUnit.SECONDS).complete(table("b.example"));
    operator.expectMessage(new TsServer.Reloaded(1, ""));
    operator.expectMessage(new TsServer.Reloaded(1, ""));
    slow.tell(new TsServer.LookUp(text("b.example"), client.getRef()));
    client.expectMessageClass(Answer.Positive.class);
    assertThat(readings).isEmpty();
  }

  private Table table(String... names) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      lines.append(name).append(" 192.0.2.1 A\n");
    }
    Path other = Files.writeString(folder.resolve(names[0]), lines);
    return TableFiles.read(List.of(TableFileSettings.parse("names:" + other).orElseThrow()));
  }

  private static Question text(String name) {
    return Question.ofText(DomainName.parse(name).orElseThrow());
  }

  @Test
  void dnsQuestionGetsAWholeMessageEvenForAMiss() throws Exception {
    Answer hit = askDns("a.example");
    assertThat(hit).isInstanceOf(Answer.Positive.class);
    Content.Message message = (Content.Message) ((Answer.Positive) hit).content();
    assertThat(new Message(message.bytes()).getSection(Section.ANSWER))
        .extracting(Object::toString)
        .containsExactly("a.example.\t\t60\tIN\tA\t192.0.2.1");
    assertThat(((Answer.Negative) askDns("b.example")).message()).isPresent();
    client.expectNoMessage(Duration.ZERO);
  }

  private Answer ask(String name) {
    return ask(Question.ofText(DomainName.parse(name).orElseThrow()));
  }

  private Answer askDns(String name) {
    Manner manner = new Manner.Dns(0, Optional.empty());
    return ask(new Question(DomainName.parse(name).orElseThrow(), Type.A, manner));
  }

  private Answer ask(Question question) {
    server.tell(new TsServer.LookUp(question, client.getRef()));
    return client.receiveMessage();
  }
}
