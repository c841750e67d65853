package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Sweeps the table of keys: every key with every kind of wrong value. */
class TestBadConfiguration {
  @Test
  void everyWrongValueOfEveryKeyIsRefusedByKeyRuleFileAndLine(TestReporter reporter) {
    List<ConfigKey> keys = keysWithMeaning();
    int refusals = 0;
    for (int round = 0; ; round++) {
      Map<ConfigKey, String> wrong = new LinkedHashMap<>();
      for (ConfigKey key : keys) {
        List<String> values = SweepValues.wrong(key);
        if (round < values.size()) {
          wrong.put(key, values.get(round));
        }
      }
      if (wrong.isEmpty()) {
        break;
      }
      refusals += wrong.size();
      assertEachIsRefused(wrong);
    }
    reporter.publishEntry("wrong values refused", String.valueOf(refusals));
    assertThat(refusals).isGreaterThan(10 * keys.size());
  }

  @Test
  void theEndsOfEveryRangeAreAccepted() {
    for (ConfigKey key : keysWithMeaning()) {
      for (String value : SweepValues.ends(key)) {
        Throwable thrown = catchThrowable(() -> new SweepFile(Map.of(key, value), "").parse());
        if (thrown != null) {
          assertThat(thrown)
              .as("%s = %s", key.path(), value)
              .hasMessageNotContaining("expected " + key.value().words())
              .hasMessageNotContaining("expected one of");
        }
      }
    }
  }

  @Test
  void everyMisspeltKeyIsRefusedWithTheOneThatIsMeant() {
    Map<ConfigKey, String> all = new LinkedHashMap<>();
    ConfigKeys.all().forEach(key -> all.put(key, "1"));
    SweepFile file = new SweepFile(all, "_");
    List<String> lines = file.refusal();
    for (ConfigKey key : all.keySet()) {
      assertThat(lines)
          .contains(
              "Unknown key: %s_ (did you mean %s?, file=bad.toml, line=%d)"
                  .formatted(key.path(), key.path(), file.lineOf(key)));
    }
    assertThat(lines).hasSize(all.size());
  }

  private static void assertEachIsRefused(Map<ConfigKey, String> wrong) {
    SweepFile file = new SweepFile(wrong, "");
    List<String> lines = file.refusal();
    for (Map.Entry<ConfigKey, String> entry : wrong.entrySet()) {
      ConfigKey key = entry.getKey();
      assertThat(lines)
          .as("%s = %s", key.path(), entry.getValue())
          .anyMatch(
              line ->
                  line.startsWith("Invalid " + key.path() + ": ")
                      && line.contains(" (expected ")
                      && line.endsWith(", file=bad.toml, line=" + file.lineOf(key) + ")"));
    }
    assertThat(lines).hasSize(wrong.size());
  }

  private static List<ConfigKey> keysWithMeaning() {
    return ConfigKeys.all().stream().filter(key -> key.role() != KeyRole.IGNORED).toList();
  }
}
