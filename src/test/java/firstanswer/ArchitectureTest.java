package firstanswer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrows run one way: who may import whom. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("firstanswer");

  @ParameterizedTest
  @CsvSource({
    "dns.message, ''",
    "dns, dns.message",
    "codec.text, dns",
    "codec.wire, dns dns.message",
    "config, codec.text dns",
    "resolver, dns",
    "actor, ''",
    "clock, ''",
    "sharing, resolver dns",
    "transport, config",
    "transport.udp, ''",
    "transport.framing, clock codec.text codec.wire",
    "transport.tcp, transport transport.framing codec.text codec.wire config",
    "rate, clock",
    "access, clock rate resolver transport.tcp config dns",
    "table, clock actor resolver codec.text dns",
    "table.file, table codec.text dns config",
    "race, resolver dns",
    "tsproxy, resolver dns",
    "balancer, clock race rate tsproxy actor resolver dns",
    "upstream.health, tsproxy resolver dns config",
    "upstream.local, tsproxy table",
    "upstream.text, upstream.health tsproxy resolver transport.tcp codec.text dns config",
    "upstream.dns, upstream.health tsproxy resolver transport.udp transport.tcp codec.wire dns config",
    "upstream, tsproxy dns",
    "frontend, clock access resolver transport transport.udp transport.tcp transport.framing codec.text"
        + " codec.wire dns config",
    "client, clock resolver transport.tcp codec.text codec.wire dns config",
  })
  void aPackageImportsOnlyWhatItMay(String name, String allowed) {
    String[] packages =
        Stream.concat(Stream.of(name), Arrays.stream(allowed.split(" ", -1)))
            .map(p -> "firstanswer." + p)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("firstanswer." + name)
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are in another package of firstanswer",
                c ->
                    c.getPackageName().startsWith("firstanswer")
                        && !Arrays.asList(packages).contains(c.getPackageName())))
        .check(CLASSES);
  }

  @Test
  void everyPackageIsInTheList() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.of(
                    "app",
                    "dns",
                    "dns.message",
                    "codec.text",
                    "codec.wire",
                    "config",
                    "resolver",
                    "access",
                    "actor",
                    "clock",
                    "sharing",
                    "rate",
                    "tsproxy",
                    "transport",
                    "transport.framing",
                    "transport.tcp",
                    "transport.udp",
                    "table",
                    "table.file",
                    "race",
                    "balancer",
                    "upstream",
                    "upstream.dns",
                    "upstream.health",
                    "upstream.local",
                    "upstream.text",
                    "frontend",
                    "client")
                .map(p -> "firstanswer." + p)
                .toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void theDomainTheCodecsTheSettingsAndThePoliciesKnowNoAkka() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "firstanswer.dns",
            "firstanswer.dns.message",
            "firstanswer.codec.text",
            "firstanswer.codec.wire",
            "firstanswer.config",
            "firstanswer.resolver",
            "firstanswer.sharing",
            "firstanswer.race")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("akka..")
        .check(CLASSES);
  }

  @Test
  void onlyTheSettingsAndTheCommandLineReadConfiguration() {
    noClasses()
        .that()
        .resideOutsideOfPackages("firstanswer.config", "firstanswer.app")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.typesafe.config..")
        .check(CLASSES);
  }

  @Test
  void thereAreNoCycles() {
    slices().matching("firstanswer.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
