package firstanswer.app;

import static org.assertj.core.api.Assertions.assertThat;

import firstanswer.testing.Jar;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder with a configuration of one table server, and commands in this folder. */
abstract class CommandLineFixture {
  @TempDir Path folder;

  @BeforeEach
  void writeConfiguration() throws Exception {
    Files.writeString(folder.resolve("t.txt"), "a.example 192.0.2.1 A\n");
    Files.writeString(
        folder.resolve("ts.conf"),
        "firstanswer { roles = [t], ts.t { table = t.txt, text = \"127.0.0.1:0\" } }");
  }

  /** The command prints that one line, and ends. */
  void expectCannotStart(String line, String... arguments) throws Exception {
    Jar jar = Jar.start(folder, arguments);
    assertThat(jar.output()).isEmpty();
    assertThat(jar.status()).isEqualTo(ExitStatus.CANNOT_START);
    assertThat(jar.errors()).isEqualTo(line);
  }
}
