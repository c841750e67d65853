package org.nbvrollouts.store.damage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.source.bundle.BundleFuzzTargets;
import org.nbvrollouts.store.source.rollout.RolloutSourceFuzzTargets;
import org.nbvrollouts.store.source.vin.VinFuzzTargets;
import org.nbvrollouts.store.zarr.ZarrFuzzTargets;

/**
 * Gives mutated inputs to everything that parses. The long run, with another seed each time:
 *
 * <pre>{@code
 * mvn -pl store-format test -Dtest=TestMutatedInputs -Dfuzz.cases=100000 -Dfuzz.seed=$RANDOM
 * }</pre>
 *
 * <p>{@code -Dfuzz.target=ply} runs the targets whose names begin so. An input that fails is saved
 * below {@code target/fuzz}; once what it shows is mended, it is kept among the resources of this
 * class, under the name of its target, a dash, and what was wrong.
 */
class TestMutatedInputs {
  private static final long SEED = Long.getLong("fuzz.seed", 20_260_601);
  private static final int CASES = Integer.getInteger("fuzz.cases", 100);
  private static final String ONLY = System.getProperty("fuzz.target", "");
  private static final Path FAILURES = Path.of("target", "fuzz");

  @TempDir static Path folder;

  private static final List<FuzzTarget> TARGETS = new ArrayList<>();

  @BeforeAll
  static void makeTargets() throws IOException {
    TARGETS.addAll(DocumentTargets.all(folder));
    TARGETS.addAll(BundleFuzzTargets.all(folder));
    TARGETS.addAll(RolloutSourceFuzzTargets.all(folder));
    TARGETS.addAll(VinFuzzTargets.all(folder));
    TARGETS.addAll(ZarrFuzzTargets.all());
  }

  @TestFactory
  Stream<DynamicTest> inputsAreAcceptedOrRefusedInBounds() {
    return TARGETS.stream()
        .filter(target -> target.name().startsWith(ONLY))
        .map(target -> DynamicTest.dynamicTest(target.name(), () -> fuzz(target)));
  }

  private static void fuzz(FuzzTarget target) throws IOException {
    Fuzzer fuzzer = new Fuzzer(SEED, FAILURES);
    // A whole store is judged by hundreds of checks, so it gets fewer turns.
    boolean heavy = target.name().matches("(store|plain|vin)-.*");
    int cases = heavy ? CASES / 10 : CASES;

    fuzzer.run(target, cases);

    System.out.printf(
        "Fuzz %s (-Dfuzz.seed=%d, %d cases): %s%n", target.name(), SEED, cases, fuzzer.report());
    assertThat(fuzzer.found().values()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> inputsThatOnceFailedAreRefusedOrAccepted() throws Exception {
    Path kept = Path.of(TestMutatedInputs.class.getResource("fuzz").toURI());
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(kept)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        FuzzTarget target =
            TARGETS.stream()
                .filter(candidate -> name.startsWith(candidate.name() + "-"))
                .max(Comparator.comparingInt(candidate -> candidate.name().length()))
                .orElseThrow();
        tests.add(
            DynamicTest.dynamicTest(
                name,
                () ->
                    assertThat(new Fuzzer(SEED, FAILURES).problem(target, Files.readAllBytes(file)))
                        .isEmpty()));
      }
    }
    return tests.stream();
  }
}
