package firstanswer.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opens the packaged jar. */
class JarContentIT {
  private static final String SBOM = "META-INF/sbom/firstanswer.json";
  private static JarFile jar;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(Path.of("target", "firstanswer.jar").toFile());
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "META-INF/LICENSE | Apache License",
        "META-INF/licenses/dnsjava-jar/META-INF/LICENSE | Brian Wellington",
        "META-INF/licenses/slf4j-api-jar/META-INF/LICENSE.txt | QOS.ch",
        "META-INF/licenses/HdrHistogram-jar/META-INF/LICENSE.txt | Gil Tene",
        "META-INF/licenses/jackson-core-jar/META-INF/LICENSE | Apache License",
        "META-INF/licenses/scala-library-jar/LICENSE | Apache License",
        "META-INF/licenses/logback.txt | Eclipse Public License",
        "META-INF/licenses/progressbar.txt | Tongfei Chen",
        "META-INF/licenses/jline.txt | Redistribution and use in source and binary forms",
        "META-INF/licenses/reactive-streams.txt | MIT No Attribution",
        "META-INF/licenses/akka.txt | 2026-09-20",
        "META-INF/NOTICE | firstanswer",
        "META-INF/NOTICE | Jackson",
      })
  void textOfEachLicenceIsKept(String entry, String words) throws IOException {
    assertThat(text(entry)).contains(words);
  }

  /** A new dependency whose jar has no licence text needs one in src/main/licenses. */
  @Test
  void everyComponentHasALicenceTextOrTheApacheLicense() throws IOException {
    assumeTrue(jar.getEntry(SBOM) != null, "the SBOM is made online only");
    Set<String> entries = new TreeSet<>(jar.stream().map(ZipEntry::getName).toList());
    List<Component> components = components();
    assertThat(components).extracting(Component::name).contains("dnsjava", "akka-stream_2.13");
    assertThat(components)
        .allMatch(
            component ->
                component.licences().contains("Apache-2.0")
                    || entries.stream().anyMatch(component::isCoveredBy));
  }

  /** The provider would replace the JVM's own resolution of names, from JDK 18 on. */
  @Test
  void jvmKeepsItsOwnNameResolution() {
    assertThat(jar.stream().map(ZipEntry::getName))
        .noneMatch(
            name -> name.endsWith("InetAddressResolverProvider") && name.contains("services"))
        .noneMatch(name -> name.endsWith("NameServiceDescriptor") && name.contains("services"));
  }

  private record Component(String name, String licences) {
    boolean isCoveredBy(String entry) {
      String project = name.replaceFirst("[-_].*", "");
      return entry.startsWith("META-INF/licenses/" + name + "-jar/")
          || entry.equals("META-INF/licenses/" + project + ".txt")
          || entry.equals("META-INF/licenses/" + name + ".txt");
    }
  }

  /** The components in the list of materials. */
  private static List<Component> components() throws IOException {
    try (JsonParser json = new JsonFactory().createParser(text(SBOM))) {
      json.nextToken();
      Map<?, ?> list = (Map<?, ?>) value(json);
      return ((List<?>) list.get("components"))
          .stream()
              .map(component -> (Map<?, ?>) component)
              .map(c -> new Component((String) c.get("name"), String.valueOf(c.get("licenses"))))
              .toList();
    }
  }

  /** The value that begins with the current token: a map, a list, or a scalar as text. */
  private static Object value(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(json));
      }
      return list;
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return json.getText();
    }
    Map<String, Object> map = new HashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      map.put(name, value(json));
    }
    return map;
  }

  private static String text(String entry) throws IOException {
    ZipEntry found = jar.getEntry(entry);
    assertThat(found).as(entry).isNotNull();
    try (InputStream in = jar.getInputStream(found)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
