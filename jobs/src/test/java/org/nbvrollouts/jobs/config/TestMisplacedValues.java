package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;

/** Keys and values of the wrong shape or in the wrong place. */
class TestMisplacedValues {
  private static final String FILE = "bad.toml";
  private static final String RECIPE =
      "[[recipes]]\nname = \"a\"\nselection_policy = \"random_valid\"\n";
  private static final String COMPONENT =
      "[[candidate_mixture.components]]\nname = \"a\"\ncount = 4\nview_mode = \"forward_rig\"\n";

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
    assertRefused(
        "recipes = 3",
        "Invalid recipes: 3 (expected a list of at least one table, each headed [[recipes]]",
        1);
    assertRefused(
        "recipes = []",
        "Invalid recipes: [] (expected a list of at least one table, each headed [[recipes]]",
        1);
    assertRefused(
        "\n[target_scorer.renderer]",
        "Unknown key: target_scorer.renderer (docs/configuration.md lists every key",
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

  @Test
  void quotesThatMakeOneNameOfAPathAreRefusedWithTheRemedy() {
    assertRefused(
        "\"candidate_mixture.base.seed\" = 3",
        "Unknown key: \"candidate_mixture.base.seed\" (in quotes it is one name; write"
            + " candidate_mixture.base.seed without quotes",
        1);
    assertRefused(
        "[\"candidate_mixture.base\"]\nseed = 3",
        "Unknown key: \"candidate_mixture.base\".seed (in quotes it is one name; write"
            + " candidate_mixture.base.seed without quotes",
        2);
    assertRefused(
        "\n[[\"candidate_mixture.components\"]]\nname = \"a\"",
        "Unknown key: \"candidate_mixture.components\" (in quotes it is one name; write"
            + " candidate_mixture.components without quotes",
        2);
    assertRefused(
        "[\"candidate_mixture.base\"]",
        "Unknown key: \"candidate_mixture.base\" (in quotes it is one name; write"
            + " candidate_mixture.base without quotes",
        1);
    assertRefused(
        RECIPE + "\"policy.horizon\" = 3",
        "Unknown key: recipes[].\"policy.horizon\" (in quotes it is one name; write"
            + " policy.horizon without quotes",
        4);
    assertRefused(
        "\"recipes[].name\" = \"a\"",
        "Unknown key: \"recipes[].name\" (did you mean recipes[].name?",
        1);
    assertThat(parse("\"candidate_mixture\".'base'.seed = 3").writer())
        .isEqualTo(parse("candidate_mixture.base.seed = 3").writer());
  }

  @Test
  void aTableInPlaceOfAValueIsRefused() {
    assertRefused(
        "storage.layout = {a = 1}",
        "Invalid storage.layout: a table (expected text, one of auto, directory, packed",
        1);
    assertRefused(
        "[storage.layout]",
        "Invalid storage.layout: a table (expected text, one of auto, directory, packed",
        1);
    assertRefused(
        "[target_scorer]\nbackprojection_stride.x = 2",
        "Invalid target_scorer.backprojection_stride: a table (expected integer at least 1",
        2);
    assertRefused(
        RECIPE + "[recipes.horizon]\na = 1\nb = 2",
        "Invalid recipes[].horizon: a table (expected integer at least 1",
        4);
  }

  @Test
  void aListInPlaceOfAValueIsRefused() {
    assertRefused(
        "storage.layout = [\"auto\"]",
        "Invalid storage.layout: [\"auto\"] (expected text, one of auto, directory, packed",
        1);
    assertRefused(
        "[[storage.layout]]\na = 1",
        "Invalid storage.layout: a list of tables (expected text, one of auto, directory, packed",
        1);
    assertRefused(
        "run.parallelism = [1, {a = 1}]",
        "Invalid run.parallelism: [1, a table] (expected integer at least 1",
        1);
    assertRefused("profile = [[1], []]", "Invalid profile: [[1], []] (expected text", 1);
  }

  @Test
  void anotherTypeOfValueIsRefusedWithTheTypeThatIsMeant() {
    assertRefused(
        "storage.layout = 3",
        "Invalid storage.layout: 3 (expected text, one of auto, directory, packed",
        1);
    assertRefused(
        "storage.layout = \"zip\"",
        "Invalid storage.layout: zip (expected one of auto, directory, packed",
        1);
    assertRefused(
        "require_label_valid = \"true\"",
        "Invalid require_label_valid: \"true\" (expected true or false",
        1);
  }

  @Test
  void aValueInPlaceOfATableIsRefused() {
    assertRefused("candidate_mixture = 3", "Invalid candidate_mixture: 3 (expected a table", 1);
    assertRefused("[[storage]]", "Invalid storage: a list of tables (expected a table", 1);
    assertRefused(
        "[[candidate_mixture]]\nseed = 1",
        "Invalid candidate_mixture: a list of tables (expected a table",
        1);
    assertRefused(
        RECIPE + "policy = \"random\"", "Invalid recipes[].policy: random (expected a table", 4);
  }

  @Test
  void anythingElseInPlaceOfAListOfTablesIsRefusedOnce() {
    String expected = " (expected a list of at least one table, each headed [[recipes]]";
    assertRefused("[recipes]\nname = \"a\"\nhorizon = 0", "Invalid recipes: a table" + expected, 1);
    assertRefused("recipes = \"a\"", "Invalid recipes: a" + expected, 1);
    assertRefused(
        "recipes = [1, {name = \"a\", selection_policy = \"random\"}]",
        "Invalid recipes: [1, a table]" + expected,
        1);
    assertRefused(
        "candidate_mixture.components = 3",
        "Invalid candidate_mixture.components: 3 (expected a list of at least one table, each"
            + " headed [[candidate_mixture.components]]",
        1);
  }

  @Test
  void aMisspeltKeyThatIsNeededIsToldOnce() {
    assertRefused(
        "[[recipes]]\nnam = \"a\"\nselection_policy = \"random\"",
        "Unknown key: recipes[].nam (did you mean recipes[].name?",
        2);
  }

  @Test
  void aKeyOfTheSameTableIsSuggestedFirst() {
    assertRefused(
        RECIPE + "temperature = 1",
        "Unknown key: recipes[].temperature (did you mean recipes[].selection_temperature?",
        4);
  }

  @Test
  void everyMessageIsOneLine() {
    assertRefused(
        "storage.layout = \"a\\nb\"",
        "Invalid storage.layout: a\\u000Ab (expected one of auto, directory, packed",
        1);
    assertRefused(
        "\"a\\u2028b\" = 1",
        "Unknown key: \"a\\u2028b\" (docs/configuration.md lists every key",
        1);
  }

  private static void assertRefused(String toml, String start, int line) {
    assertThatThrownBy(() -> parse(toml))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(start + ", file=bad.toml, line=" + line + ")");
  }

  private static CampaignConfig parse(String toml) {
    return new CampaignConfig.Text(FILE, toml).parse();
  }
}
