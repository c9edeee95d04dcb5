package firstanswer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Arrows run one way. What a package may import stands in one place, the last sentences of its
 * package-info.java, and is held here.
 */
class ArchitectureTest {
  private static final String ROOT = "firstanswer.";
  private static final Path SOURCES = Path.of("src/main/java/firstanswer");
  private static final Pattern MAY_IMPORT =
      Pattern.compile("May import ([^.]*(?:\\.[^.\\s][^.]*)*)\\.");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?firstanswer\\.([a-z.]+)\\.[A-Z]");
  private static final Pattern PACKAGE = Pattern.compile("\\{@code ([a-z.]+)}");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("firstanswer");

  /** A package, by its name behind {@link #ROOT}. */
  private record Room(String name, String documentation) {
    Set<String> mayImport() {
      Matcher sentence = MAY_IMPORT.matcher(documentation);
      assertThat(sentence.find()).as("%s says what it may import", name).isTrue();
      return PACKAGE
          .matcher(sentence.group(1))
          .results()
          .map(m -> m.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean knowsNoAkka() {
      return documentation.contains("No Akka.");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Room> rooms() throws IOException {
    List<Path> infos;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      infos = files.filter(file -> file.endsWith("package-info.java")).sorted().toList();
    }
    return infos.stream()
        .map(SOURCES::relativize)
        .map(Path::getParent)
        .map(folder -> new Room(folder.toString().replace('/', '.'), read(folder)))
        .filter(room -> !room.name().equals("app"));
  }

  private static String read(Path folder) {
    try {
      return Files.readString(SOURCES.resolve(folder).resolve("package-info.java"))
          .replaceAll("\\s*\\n \\* ?", " ");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void packageImportsOnlyWhatItSays(Room room) {
    Set<String> allowed = room.mayImport();
    noClasses()
        .that()
        .resideInAPackage(ROOT + room.name())
        .should()
        .dependOnClassesThat(
            ours(
                "are in a package that " + room + " may not import",
                name -> !name.equals(room.name()) && !allowed.contains(name)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** The list is no wider than it needs to be. Sources tell more: constants leave no trace. */
  @ParameterizedTest
  @MethodSource("rooms")
  void packageImportsAllThatItSays(Room room) throws IOException {
    Set<String> imported = new TreeSet<>();
    try (Stream<Path> files = Files.list(SOURCES.resolve(room.name().replace('.', '/')))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        IMPORT.matcher(Files.readString(file)).results().forEach(m -> imported.add(m.group(1)));
      }
    }
    imported.remove(room.name());
    assertThat(room.mayImport()).isEqualTo(imported);
  }

  @Test
  void everyPackageDocumentsItself() throws IOException {
    Set<String> documented = rooms().map(Room::name).collect(Collectors.toSet());
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).map(n -> n.replace(ROOT, "")))
        .allMatch(name -> documented.contains(name) || name.equals("app"));
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void packageThatSaysSoKnowsNoAkka(Room room) {
    if (room.knowsNoAkka()) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + room.name())
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("akka..")
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void decisionsAndValuesKnowNoAkka() throws IOException {
    assertThat(rooms().filter(Room::knowsNoAkka).map(Room::name))
        .contains(
            "dns",
            "dns.message",
            "codec.text",
            "codec.wire",
            "config",
            "resolver",
            "sharing",
            "race",
            "upstream.health",
            "clock",
            "rate");
  }

  @Test
  void exchangesWithNameServersKnowNoAkkaAndNoSockets() {
    noClasses()
        .that()
        .resideInAPackage("firstanswer.upstream.dns")
        .and()
        .haveNameNotMatching(".*\\.(DnsProxy|HostLookUp|TcpTransport|UdpSockets)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("akka..", "firstanswer.transport..")
        .check(CLASSES);
  }

  /** Akka hands its own settings to the parts of it that we replace. */
  @Test
  void onlyConfigAndAppReadConfiguration() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "firstanswer.config", "firstanswer.app", "firstanswer.transport.loop")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.typesafe.config..")
        .check(CLASSES);
  }

  @Test
  void thereAreNoCycles() {
    slices().matching("firstanswer.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> ours(String description, Predicate<String> name) {
    return DescribedPredicate.describe(
        description,
        c ->
            c.getPackageName().startsWith(ROOT)
                && name.test(c.getPackageName().substring(ROOT.length())));
  }
}
