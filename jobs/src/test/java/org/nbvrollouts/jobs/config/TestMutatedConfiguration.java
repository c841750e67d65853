package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.damage.FuzzTarget;
import org.nbvrollouts.store.damage.Fuzzer;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * Campaign files that were changed blindly are accepted or refused, in bounded memory and time. The
 * long run, with another seed each time:
 *
 * <pre>{@code
 * mvn -pl jobs -am test -Dtest=TestMutatedConfiguration -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dfuzz.cases=20000 -Dfuzz.seed=$RANDOM
 * }</pre>
 */
class TestMutatedConfiguration {
  private static final long SEED = Long.getLong("fuzz.seed", 20_260_601);
  private static final int CASES = Integer.getInteger("fuzz.cases", 100);

  @TempDir Path folder;

  @Test
  void campaignFilesAreAcceptedOrRefusedInBounds() throws IOException {
    List<byte[]> shipped = new ArrayList<>();
    for (String name : CampaignConfig.SHIPPED) {
      shipped.add(Files.readAllBytes(Path.of("..", "conf", name + ".toml")));
    }
    Path file = folder.resolve("campaign.toml");
    FuzzTarget target =
        new FuzzTarget(
            "campaign-toml",
            shipped,
            input -> {
              Files.write(file, input);
              CampaignConfig.load(file, folder);
            });
    Fuzzer fuzzer = new Fuzzer(SEED, Path.of("target", "fuzz"));

    fuzzer.run(target, CASES);

    System.out.printf(
        "Fuzz %s (-Dfuzz.seed=%d, %d cases): %s%n", target.name(), SEED, CASES, fuzzer.report());
    assertThat(fuzzer.found().values()).isEmpty();
  }

  @Test
  void halfACharacterIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("campaign.toml"), "[a]\n\"\\ud800\" = 1\n");

    assertThatThrownBy(() -> CampaignConfig.load(file, folder))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid TOML: Invalid unicode escape sequence (file=" + file + ", line=2)");
  }

  @Test
  void giganticCampaignFilesAreNotRead() throws IOException {
    Path file = Files.writeString(folder.resolve("campaign.toml"), "#\n".repeat(1 << 20));

    assertThatThrownBy(() -> CampaignConfig.load(file, folder))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Cannot read file: too long (expected at most 1048576 bytes");
  }
}
