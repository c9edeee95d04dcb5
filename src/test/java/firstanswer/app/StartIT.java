package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.Jar;
import firstanswer.testing.Peer;
import firstanswer.testing.Tool;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A start that cannot be, and a check: the user sees lines, never stack traces. */
class StartIT extends CommandLineFixture {
  @Test
  void portInUseIsOneLineAndStatus2() throws Exception {
    try (ServerSocket used = Peer.listen()) {
      String address = "127.0.0.1:" + used.getLocalPort();
      Jar jar = Jar.start(folder, "-c", "ts.conf", "-Dfirstanswer.ts.t.text=" + address);
      assertThat(jar.output()).isEmpty();
      assertThat(jar.status()).isEqualTo(ExitStatus.CANNOT_START);
      assertThat(jar.errors())
          .matches(
              "[-0-9]+ [0-9:.]+ INFO  firstanswer .*\n"
                  + Pattern.quote(
                      "firstanswer: cannot listen at "
                          + address
                          + " (ts.t.text): Address already in use\n"));
    }
  }

  @Test
  void badTableIsOneLineWithItsPlaceAndStatus2() throws Exception {
    Files.writeString(folder.resolve("t.txt"), "a.example 192.0.2.1 A\nb.example\n");
    expectCannotStart(
        "firstanswer: t.txt:2: expected \"Name IPaddress A\", found \"b.example\"\n",
        "-c",
        "ts.conf");
  }

  @Test
  void missingTableIsOneLineAndStatus2() throws Exception {
    expectCannotStart(
        "firstanswer: firstanswer.ts.t.table = missing.txt: no such file (looked in "
            + folder.toRealPath()
            + ")\n",
        "-c",
        "ts.conf",
        "-Dfirstanswer.ts.t.table=missing.txt");
  }

  @Test
  void missingInputNamesItsKeyAtTheStartAndInACheck() throws Exception {
    Files.writeString(
        folder.resolve("client.conf"),
        "firstanswer { roles = [client], client.input = no/names.txt }");
    String line =
        "firstanswer: firstanswer.client.input = no/names.txt: names cannot be read: no such file"
            + " (looked in "
            + folder.toRealPath()
            + ")\n";
    expectCannotStart(line, "-c", "client.conf");
    expectCannotStart(line, "check", "-c", "client.conf");
  }

  @Test
  void fileThatIsNotHoconIsOneLineAndStatus2() throws Exception {
    Files.writeString(folder.resolve("y.conf"), "firstanswer:\n  roles: [ls]\n");
    String line =
        "firstanswer: y.conf:1: cannot read \"firstanswer:\" as HOCON: a section needs braces, as in"
            + " firstanswer { ... } (is this YAML?)\n";
    expectCannotStart(line, "-c", "y.conf");
    expectCannotStart(line, "check", "-c", "y.conf");
  }

  @Test
  void missingConfigurationSaysWhereWeLookedAndStatus2() throws Exception {
    expectCannotStart(
        "firstanswer: no.conf: no such file (looked in " + folder.toRealPath() + ")\n",
        "-c",
        "no.conf");
  }

  @Test
  void longDnsDeadlineIsWarnedOfAtTheStartAndInACheck() throws Exception {
    Files.writeString(
        folder.resolve("slow.conf"),
        "firstanswer { roles = [ls], ls { text = \"127.0.0.1:0\", upstreams = [\"dns://192.0.2.1\"],"
            + " dns-deadline = 30s } }");
    String warning =
        "firstanswer: warning: slow.conf:1: firstanswer.ls.dns-deadline = 30s: stub resolvers give"
            + " up after 5s and would not see the answer";
    Jar check = Jar.start(folder, "check", "-c", "slow.conf");
    assertThat(check.status()).isEqualTo(ExitStatus.OK);
    assertThat(check.output()).containsExactly("slow.conf: no problems, 1 warning");
    assertThat(check.errors().lines()).containsExactly(warning);
    try (Jar start = Jar.start(folder, "-c", "slow.conf", "-Dfirstanswer.ls.dns=[::1]:0")) {
      assertThat(start.ready()).containsKeys("ls.text", "ls.dns");
      start.terminate();
      assertThat(start.errors().lines()).contains(warning);
    }
  }

  @Test
  void unknownRoleIsOneLineAndStatus2() throws Exception {
    expectCannotStart(
        "firstanswer: command line: firstanswer.roles = [x]: unknown role x; there are [client, ls,"
            + " t]\n",
        "-c",
        "ts.conf",
        "--role",
        "x");
  }

  @Test
  void missingConfigurationSaysWhatToDo() throws Exception {
    expectCannotStart(
        "firstanswer: no conf/application.conf here: give a file with -c, or see --help\n");
  }

  @Test
  void mistakesAreOneLineAtTheStartAndAllInACheck() throws Exception {
    Files.writeString(
        folder.resolve("bad.conf"),
        "firstanswer { roles = [ls]\n port = 1\n ls { dns = x, upstreams = [\"x://y\"] } }");
    Jar start = Jar.start(folder, "-c", "bad.conf");
    assertThat(start.status()).isEqualTo(ExitStatus.CANNOT_START);
    assertThat(start.errors().lines()).singleElement().asString().endsWith("check)");
    Jar check = Jar.start(folder, "check", "-c", "bad.conf");
    assertThat(check.status()).isEqualTo(ExitStatus.CANNOT_START);
    assertThat(check.errors().lines()).hasSize(3).allMatch(line -> line.contains("bad.conf:"));
  }

  @Test
  void checkWithoutProblemsSaysSoAndBindsNothing() throws Exception {
    try (ServerSocket used = Peer.listen()) {
      Jar check =
          Jar.start(
              folder,
              "check",
              "-c",
              "ts.conf",
              "-Dfirstanswer.ts.t.text=127.0.0.1:" + used.getLocalPort());
      assertThat(check.output()).containsExactly("t: 1 name", "ts.conf: no problems");
      assertThat(check.status()).isEqualTo(ExitStatus.OK);
    }
  }

  @Test
  void endlessFileIsOneLineAndStatus2() throws Exception {
    String what = ": is a device or a named pipe, not a file\n";
    expectCannotStart("firstanswer: /dev/zero" + what, "-c", "/dev/zero");
    expectCannotStart(
        "firstanswer: firstanswer.ts.t.table = /dev/zero" + what,
        "-c",
        "ts.conf",
        "-Dfirstanswer.ts.t.table=/dev/zero");
    Tool.run(folder, "mkfifo", "pipe");
    expectCannotStart("firstanswer: pipe" + what, "-c", "pipe");
    expectCannotStart(
        "firstanswer: firstanswer.ts.t.table = pipe" + what,
        "check",
        "-c",
        "ts.conf",
        "-Dfirstanswer.ts.t.table=pipe");
  }

  @Test
  void hugeFileIsOneLineAndStatus2() throws Exception {
    long bytes = 1L << 38;
    try (RandomAccessFile huge = new RandomAccessFile(folder.resolve("huge").toFile(), "rw")) {
      huge.setLength(bytes);
    }
    String what = "huge: has " + bytes + " bytes; expected at most ";
    expectCannotStart("firstanswer: " + what + "1048576\n", "-c", "huge");
    Jar table = Jar.start(folder, "-c", "ts.conf", "-Dfirstanswer.ts.t.table=huge");
    assertThat(table.status()).isEqualTo(ExitStatus.CANNOT_START);
    assertThat(table.errors())
        .matches("firstanswer: firstanswer.ts.t.table = " + what + "[0-9]+\n");
  }

  @Test
  void configurationMayComeFromThePipeOfTheShell() throws Exception {
    Jar check = Jar.start(folder, "check", "-c", "/dev/stdin");
    check.input(Files.readString(folder.resolve("ts.conf")));
    assertThat(check.output()).containsExactly("t: 1 name", "/dev/stdin: no problems");
    assertThat(check.status()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void ourOwnListenerAsUpstreamIsOneLineAndStatus2() throws Exception {
    String line =
        "firstanswer: command line: firstanswer.ls.upstreams = [text://localhost:5350]:"
            + " text://localhost:5350 is our own listener, ls.text = 127.0.0.1:5350; queries would"
            + " come back to us\n";
    String upstreams = "-Dfirstanswer.ls.upstreams=[\"text://localhost:5350\"]";
    expectCannotStart(line, "--role=ls", "-Dfirstanswer.ls.text=127.0.0.1:5350", upstreams);
    expectCannotStart(
        line, "check", "--role=ls", "-Dfirstanswer.ls.text=127.0.0.1:5350", upstreams);
  }
}
