package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.nbvrollouts.store.error.RefusedInputException;

/** Sweeps the table of keys: every key with every kind of wrong value. */
class TestBadConfiguration {
  private static final String FILE = "bad.toml";
  private static final String RECIPE =
      "[[recipes]]\nname = \"a\"\nselection_policy = \"random_valid\"\n";
  private static final String COMPONENT =
      "[[candidate_mixture.components]]\nname = \"a\"\ncount = 4\nview_mode = \"forward_rig\"\n";

  /** What an element of a list of tables must hold. */
  private static final Map<String, String> REQUIRED =
      Map.of(
          "recipes[].name", "\"a\"",
          "recipes[].selection_policy", "\"random_valid\"",
          "candidate_mixture.components[].name", "\"a\"",
          "candidate_mixture.components[].count", "4",
          "candidate_mixture.components[].view_mode", "\"forward_rig\"");

  @Test
  void everyWrongValueOfEveryKeyIsRefusedByKeyRuleFileAndLine(TestReporter reporter) {
    List<ConfigKey> keys = keysWithMeaning();
    int refusals = 0;
    for (int round = 0; ; round++) {
      Map<ConfigKey, String> wrong = new LinkedHashMap<>();
      for (ConfigKey key : keys) {
        List<String> values = wrongValues(key);
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
      for (String value : ends(key)) {
        Throwable thrown = catchThrowable(() -> new TomlFile(Map.of(key, value), "").parse());
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
    TomlFile file = new TomlFile(all, "_");
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
    TomlFile file = new TomlFile(wrong, "");
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

  /** A campaign file with one assignment per line and the place of each. */
  private static final class TomlFile {
    private final StringBuilder text = new StringBuilder();
    private final Map<ConfigKey, Integer> lines = new HashMap<>();
    private int line = 1;

    /**
     * Writes the assignments, and what else the elements of lists must hold.
     *
     * @param suffix put behind the names of the keys
     */
    TomlFile(Map<ConfigKey, String> values, String suffix) {
      Map<String, List<ConfigKey>> tables = new TreeMap<>();
      values.keySet().forEach(key -> in(tables, key));
      for (String listPath : ConfigKeys.lists()) {
        if (tables.containsKey(listPath)) {
          ConfigKeys.of(listPath).stream()
              .filter(key -> REQUIRED.containsKey(key.path()))
              .filter(key -> !values.containsKey(key) || !suffix.isEmpty())
              .forEach(key -> required(tables, key));
        }
      }
      tables.forEach((table, keys) -> write(table, keys, values, suffix));
    }

    private static void in(Map<String, List<ConfigKey>> tables, ConfigKey key) {
      tables.computeIfAbsent(table(key), missing -> new ArrayList<>()).add(key);
    }

    /** A second entry of a key stands for its required value. */
    private static void required(Map<String, List<ConfigKey>> tables, ConfigKey key) {
      tables.get(table(key)).add(0, key);
    }

    private void write(
        String table, List<ConfigKey> keys, Map<ConfigKey, String> values, String suffix) {
      if (!table.isEmpty()) {
        add(ConfigKeys.lists().contains(table) ? "[[" + table + "]]" : "[" + table + "]");
      }
      Set<ConfigKey> pending = new HashSet<>();
      for (ConfigKey key : keys) {
        boolean isRequiredValue =
            REQUIRED.containsKey(key.path())
                && (!values.containsKey(key) || (!suffix.isEmpty() && pending.add(key)));
        if (isRequiredValue) {
          add(name(key) + " = " + REQUIRED.get(key.path()));
        } else {
          lines.put(key, line);
          add(name(key) + suffix + " = " + values.get(key));
        }
      }
    }

    private void add(String assignment) {
      text.append(assignment).append('\n');
      line++;
    }

    int lineOf(ConfigKey key) {
      return lines.get(key);
    }

    CampaignConfig parse() {
      return new CampaignConfig.Text(FILE, text.toString()).parse();
    }

    List<String> refusal() {
      Throwable thrown = catchThrowable(this::parse);
      assertThat(thrown).isInstanceOf(RefusedInputException.class);
      return thrown.getMessage().lines().toList();
    }
  }

  @Test
  void refusedValuesTakeNoPartInRulesBetweenKeys() {
    assertThatThrownBy(
            () -> parse("[candidate_mixture.base]\nmin_radius = \"far\"\nmax_radius = 0.1\n"))
        .hasMessage(
            "Invalid candidate_mixture.base.min_radius: \"far\" (expected number at least 0,"
                + " file=bad.toml, line=2)");
  }

  @Test
  void keysThatAreNotInTheirTableAreToldFromValuesInItsPlace() {
    assertRefused("target_scorer = 3", "Invalid target_scorer: 3 (expected a table", 1);
    assertRefused("recipes = 3", "Invalid recipes: 3 (expected a list of at least one table", 1);
    assertRefused("recipes = []", "Invalid recipes: [] (expected a list of at least one table", 1);
    assertRefused(
        "\n[target_scorer.renderer]",
        "Unknown key: target_scorer.renderer (docs/configuration.md lists every key",
        2);
    assertRefused(
        "[target_scorer]\nbackprojection_stride.x = 2",
        "Unknown key: target_scorer.backprojection_stride.x (docs/configuration.md lists every key",
        2);
  }

  @Test
  void anAliasBesideTheKeyIsRefused() {
    assertRefused(
        COMPONENT + "strategy = \"radial_away\"",
        "Invalid candidate_mixture.components[].strategy: radial_away (expected one spelling of"
            + " candidate_mixture.components[].view_mode; line 4 has it too",
        5);
    assertRefused(
        RECIPE + "horizon = 1\n[recipes.policy]\nhorizon = 2",
        "Invalid recipes[].policy.horizon: 2 (expected one spelling of recipes[].horizon;"
            + " line 4 has it too",
        6);
  }

  @Test
  void integersBeyondThirtyTwoBitsAreRefusedWithTheirLimit() {
    assertRefused(
        "min_valid_root_candidates = 3000000000",
        "Invalid min_valid_root_candidates: 3000000000 (expected integer at least 0,"
            + " at most 2147483647",
        1);
  }

  @Test
  void numbersBeyondDoublesAreRefusedWithTheirLine() {
    assertThatThrownBy(() -> parse("[target_scorer]\ntarget_crop_margin_m = 1e999"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid TOML: Float is too large (file=bad.toml, line=2)");
  }

  @Test
  void aSeedCannotBeTakenAway() {
    assertRefused(
        "[candidate_mixture.base]\nseed = \"none\"",
        "Invalid candidate_mixture.base.seed: \"none\" (expected integer at least 0",
        2);
  }

  private static void assertRefused(String toml, String start, int line) {
    assertThatThrownBy(() -> parse(toml))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(start + ", file=bad.toml, line=" + line + ")");
  }

  private static CampaignConfig parse(String toml) {
    return new CampaignConfig.Text(FILE, toml).parse();
  }

  private static String table(ConfigKey key) {
    String prefix = key.path().substring(0, key.path().length() - name(key).length());
    return prefix.replace("[].", "").replaceAll("\\.$", "");
  }

  private static String name(ConfigKey key) {
    return key.path().substring(key.path().lastIndexOf('.') + 1);
  }

  private static List<String> wrongValues(ConfigKey key) {
    List<String> values = new ArrayList<>(List.of("[[true]]", "1979-05-27"));
    ConfigType type = key.value();
    values.addAll(
        switch (type) {
          case INTEGER, LONG -> List.of("\"1\"", "1.5", "true", "nan", "inf", "[1]");
          case NUMBER -> List.of("\"1\"", "true", "nan", "+nan", "inf", "-inf", "[1.0]");
          case FLAG -> List.of("\"true\"", "1", "0.0", "[true]");
          case TEXT -> List.of("1", "true", "0.5", "[\"a\"]");
          case INTEGERS -> List.of("1", "[1.5]", "[\"1\"]", "[nan]", "\"1\"");
          case NUMBERS -> List.of("0.5", "[\"1\"]", "[nan]", "[inf]", "true");
          case ANY -> List.of();
        });
    boolean isList = type == ConfigType.INTEGERS || type == ConfigType.NUMBERS;
    beyondEnds(key).forEach(value -> values.add(isList ? "[" + value + "]" : value));
    if (!key.range().choices().isEmpty() && type == ConfigType.TEXT) {
      values.addAll(List.of("\"\"", "\"" + key.range().choices().get(0) + "x\""));
    }
    if (key.presence() != ConfigKey.Presence.OPTIONAL && type != ConfigType.TEXT) {
      values.add("\"none\"");
    }
    return values;
  }

  private static List<String> beyondEnds(ConfigKey key) {
    ValueRange range = key.range();
    List<String> values = new ArrayList<>();
    if (key.value() == ConfigType.INTEGER || key.value() == ConfigType.INTEGERS) {
      values.addAll(List.of("2147483648", "-2147483649"));
    }
    if (range.least() != Double.NEGATIVE_INFINITY) {
      double below = range.leastAllowed() ? Math.nextDown(range.least()) : range.least();
      values.add(isInteger(key) ? Long.toString((long) range.least() - 1) : Double.toString(below));
    }
    if (range.most() != Double.POSITIVE_INFINITY) {
      double above = Math.nextUp(range.most());
      values.add(isInteger(key) ? Long.toString((long) range.most() + 1) : Double.toString(above));
    }
    return values;
  }

  private static List<String> ends(ConfigKey key) {
    ValueRange range = key.range();
    List<String> values = new ArrayList<>();
    if (range.least() != Double.NEGATIVE_INFINITY) {
      double least = range.leastAllowed() ? range.least() : Math.nextUp(range.least());
      values.add(isInteger(key) ? Long.toString((long) range.least()) : Double.toString(least));
    }
    if (range.most() != Double.POSITIVE_INFINITY) {
      values.add(
          isInteger(key) ? Long.toString((long) range.most()) : Double.toString(range.most()));
    }
    boolean isList = key.value() == ConfigType.INTEGERS || key.value() == ConfigType.NUMBERS;
    values.replaceAll(value -> isList ? "[" + value + "]" : value);
    if (key.value() == ConfigType.TEXT) {
      range.choices().forEach(choice -> values.add('"' + choice + '"'));
    }
    return values;
  }

  private static boolean isInteger(ConfigKey key) {
    return switch (key.value()) {
      case INTEGER, LONG, INTEGERS -> true;
      case NUMBER, NUMBERS, FLAG, TEXT, ANY -> false;
    };
  }
}
