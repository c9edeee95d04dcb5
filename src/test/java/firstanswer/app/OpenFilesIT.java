package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.DnsDatagrams;
import firstanswer.testing.DnsStream;
import firstanswer.testing.Jar;
import firstanswer.testing.ScriptedNameServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** More connections than the packaged jar may have open files. */
@EnabledOnOs(OS.LINUX)
class OpenFilesIT {
  private static final int OPEN_FILES = 150;
  private static final int CONNECTIONS_OF_EACH = 150;
  private static final List<String> CLIENTS = List.of("127.0.0.1", "127.0.0.2", "127.0.0.3");

  @TempDir private Path folder;

  @Test
  void fullServerServesOnAndAcceptsAgainLater() throws Exception {
    try (ScriptedNameServer upstream = new ScriptedNameServer(0);
        Jar jar =
            Jar.startWithOpenFiles(
                folder,
                OPEN_FILES,
                "--role=ls",
                "-Dfirstanswer.ls.text=off",
                "-Dfirstanswer.ls.dns=127.0.0.1:0",
                "-Dfirstanswer.ls.upstreams=[\"dns://127.0.0.1:" + upstream.port() + "\"]")) {
      int port = jar.ready().get("ls.dns");
      List<DnsStream> flood = new ArrayList<>();
      try (DnsStream before = DnsStream.connect(port)) {
        assertAnswers(before);
        for (int i = 0; i < CONNECTIONS_OF_EACH; i++) {
          for (String client : CLIENTS) {
            flood.add(DnsStream.connect(port, InetAddress.getByName(client), 0));
          }
        }
        assertAnswers(before);
        assertAnswersOverUdp(port);
        assertThat(openFiles(jar)).isLessThan(OPEN_FILES);
        awaitIdle(jar);
        for (DnsStream stream : flood) {
          stream.close();
        }
        awaitAnswerOnANewConnection(port);
        assertAnswers(before);
      }
      jar.terminate();
      assertThat(jar.status()).isZero();
      assertThat(jar.errors()).contains("limit of open files");
    }
  }

  private static void assertAnswers(DnsStream client) throws IOException {
    assertPositive(client.send(query()).receive());
  }

  private static void assertAnswersOverUdp(int port) throws IOException {
    try (DnsDatagrams client = DnsDatagrams.with(port)) {
      assertPositive(client.send(query()).receive());
    }
  }

  private static void assertPositive(Message answer) {
    assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
  }

  private static Message query() throws IOException {
    Name name = Name.fromString("positive-0.example.");
    return Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
  }

  /** It hears of the end of a connection a moment after we have closed it. */
  private static void awaitAnswerOnANewConnection(int port) throws Exception {
    for (int i = 0; i < 1000; i++) {
      try (DnsStream client = DnsStream.connect(port)) {
        assertAnswers(client);
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    throw new AssertionError("no connection");
  }

  private static long openFiles(Jar jar) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(jar.pid()), "fd"))) {
      return files.count();
    }
  }

  /** It has refused the last; a thread that tries to accept in a loop would go on for ever. */
  private static void awaitIdle(Jar jar) throws InterruptedException {
    for (int i = 0; i < 60; i++) {
      Duration before = cpu(jar);
      TimeUnit.MILLISECONDS.sleep(500);
      if (cpu(jar).minus(before).toMillis() < 100) {
        return;
      }
    }
    throw new AssertionError("busy for 30 s");
  }

  private static Duration cpu(Jar jar) {
    return ProcessHandle.of(jar.pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
  }
}
