package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;

/** What the rules between keys let pass can be made into the records of a campaign. */
class TestRulesBeforeRecords {
  private static final long SEED = 7;
  private static final int FILES = 3000;

  @Test
  void recordsRefuseNothingThatRulesLetPass() {
    List<ConfigKey> keys =
        ConfigKeys.all().stream()
            .filter(key -> key.role() != KeyRole.IGNORED)
            .filter(key -> !SweepValues.accepted(key).isEmpty())
            .toList();
    SplittableRandom random = new SplittableRandom(SEED);
    int refused = 0;
    for (int round = 0; round < FILES; round++) {
      Map<ConfigKey, String> values = new LinkedHashMap<>();
      for (int i = random.nextInt(1, 12); i > 0; i--) {
        ConfigKey key = keys.get(random.nextInt(keys.size()));
        List<String> accepted = SweepValues.accepted(key);
        values.put(key, accepted.get(random.nextInt(accepted.size())));
      }
      if (random.nextBoolean()) {
        values.put(ConfigKeys.find("target_source").orElseThrow(), "\"actor_visible_selector\"");
      }
      Throwable thrown = catchThrowable(() -> new SweepFile(values, "").parse());
      if (thrown != null) {
        refused++;
        assertThat(thrown)
            .as("seed=%d, round=%d, values=%s", SEED, round, values)
            .isInstanceOf(RefusedInputException.class);
        assertThat(thrown.getMessage().lines()).allMatch(line -> line.contains(", file=bad.toml"));
      }
    }
    assertThat(refused).isBetween(FILES / 10, FILES * 9 / 10);
  }
}
