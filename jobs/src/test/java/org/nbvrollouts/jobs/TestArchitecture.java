package org.nbvrollouts.jobs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.nbvrollouts.jobs.campaign.CampaignSession;
import org.nbvrollouts.jobs.command.Console;
import org.nbvrollouts.jobs.shard.ShardRunner;
import org.nbvrollouts.pipeline.geometry.PointTriangle;
import org.nbvrollouts.pipeline.geometry.RayTriangle;
import org.nbvrollouts.store.commit.CommitClock;

/** Which part may use which, and where time, chance and output may come from. */
@AnalyzeClasses(
    packages = {"org.nbvrollouts", "ucar"},
    importOptions = {ImportOption.DoNotIncludeTests.class, TestArchitecture.NoTestJars.class})
class TestArchitecture {
  /** The other modules' fixtures come as jars once they are packaged. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String STORE = "org.nbvrollouts.store..";
  private static final String PIPELINE = "org.nbvrollouts.pipeline..";
  private static final String JOBS = "org.nbvrollouts.jobs..";

  @ArchTest
  static final ArchRule storeFormatKnowsNeitherPipelineNorJobsNorSpark =
      noClasses()
          .that()
          .resideInAPackage(STORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PIPELINE, JOBS, "org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule pipelineIsAPlainLibrary =
      noClasses()
          .that()
          .resideInAPackage(PIPELINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              JOBS,
              "org.apache.spark..",
              "scala..",
              "org.apache.hadoop..",
              "dev.zarr..",
              "org.apache.parquet..",
              "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule pipelineUsesRecordsAndNoFormats =
      noClasses()
          .that()
          .resideInAPackage(PIPELINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.nbvrollouts.store.zarr..",
              "org.nbvrollouts.store.io..",
              "org.nbvrollouts.store.commit..",
              "org.nbvrollouts.store.check..",
              "org.nbvrollouts.store.source.rollout..",
              "org.nbvrollouts.store.source.mesh..");

  private static final String[] SECOND_FORMULATION = {
    "org.nbvrollouts.pipeline.reference..", "org.nbvrollouts.pipeline.replay.."
  };

  @ArchTest
  static final ArchRule onlyReplayKnowsTheSecondFormulation =
      noClasses()
          .that()
          .resideOutsideOfPackages(SECOND_FORMULATION)
          .and()
          .resideOutsideOfPackage("org.nbvrollouts.jobs.replay..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SECOND_FORMULATION);

  @ArchTest
  static final ArchRule theSecondFormulationSharesTwoPredicatesAndNoSearch =
      noClasses()
          .that()
          .resideInAnyPackage(SECOND_FORMULATION)
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.nbvrollouts.pipeline.geometry..")
                  .and(DescribedPredicate.not(type(PointTriangle.class)))
                  .and(DescribedPredicate.not(type(RayTriangle.class))))
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("org.nbvrollouts.pipeline.render..")
          .orShould()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "org.nbvrollouts.pipeline.candidate..",
                      "org.nbvrollouts.pipeline.oracle..",
                      "org.nbvrollouts.pipeline.policy..")
                  .and(DescribedPredicate.not(JavaClass.Predicates.assignableTo(Record.class)))
                  .and(DescribedPredicate.not(JavaClass.Predicates.assignableTo(Enum.class))));

  @ArchTest
  static final ArchRule oneShardIsBuiltWithoutSpark =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.nbvrollouts.jobs.shard..",
              "org.nbvrollouts.jobs.benchmark..",
              "org.nbvrollouts.jobs.config..",
              "org.nbvrollouts.jobs.plan..",
              "org.nbvrollouts.jobs.source..",
              "org.nbvrollouts.jobs.summary..",
              "org.nbvrollouts.jobs.origin..",
              "org.nbvrollouts.jobs.replay..",
              "org.nbvrollouts.jobs.provenance..",
              "org.nbvrollouts.jobs.command..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..", "org.apache.hadoop..");

  @ArchTest
  static final ArchRule theZarrLibraryStaysBehindItsAdapter =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.nbvrollouts.store.zarr..", "ucar..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.zarr..", "com.scalableminds.bloscjava..", "ucar..");

  @ArchTest
  static final ArchRule hadoopStaysInStorageAndInTheReaderOfParquet =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.nbvrollouts.store.io..", "org.nbvrollouts.store.source..", JOBS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hadoop..");

  @ArchTest
  static final ArchRule parquetStaysInTheSource =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.nbvrollouts.store.source..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.parquet..");

  @ArchTest
  static final ArchRule jsonIsReadByParsersOnly =
      noClasses()
          .that(
              DescribedPredicate.not(
                  simpleNameEndingWith("Parser")
                      .or(nameMatching(".*Parser\\$.*"))
                      .or(resideInAPackage("org.nbvrollouts.store.zarr.."))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().assignedFrom(new EveryPackage()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheConsolePrints =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Console.class)
          .and()
          .haveNameNotMatching(".*\\.TomlText")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule onlyTheEntryPointEndsTheProgram =
      noClasses()
          .that()
          .doNotBelongToAnyOf(RolloutCli.class)
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule theWallClockIsPassedIn =
      noClasses()
          .that()
          .doNotBelongToAnyOf(CommitClock.class)
          .and()
          .resideOutsideOfPackage("org.nbvrollouts.jobs.command..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone");

  @ArchTest
  static final ArchRule chanceIsSeeded =
      noClasses()
          .that()
          .doNotBelongToAnyOf(ShardRunner.class, CampaignSession.class)
          .should()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(ThreadLocalRandom.class, "current")
          .orShould()
          .callConstructor(SecureRandom.class)
          .orShould()
          .callConstructor(Random.class);

  /** Every package is a slice of its own, also below another one. */
  private static final class EveryPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
