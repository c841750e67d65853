package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} is written from the table of keys. */
class TestConfigurationDocument {
  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
  private static final String REGENERATE = "NBV_REGENERATE";
  private static final String COMMAND =
      REGENERATE
          + "=true mvn -pl jobs -am test -Dtest=TestConfigurationDocument"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void theDocumentIsCurrent() throws IOException {
    String expected = document();
    if ("true".equals(System.getenv(REGENERATE))) {
      Files.writeString(DOCUMENT, expected);
    }
    assertThat(DOCUMENT).as("Regenerate it with: " + COMMAND).hasContent(expected);
  }

  @Test
  void everyKeyThatMeansSomethingIsExplained() {
    assertThat(ConfigKeys.all()).allSatisfy(key -> assertThat(key.meaning()).isNotBlank());
  }

  private static String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # Configuration

            A campaign is one TOML file. Shipped profiles lie in `conf/`: `smoke`, `microset`,
            `production`. A key that is not in these tables is an error. Precedence: flag, file,
            default. Lists of tables (`[[recipes]]`) have one entry per table.

            `none` takes the value of a key away where the default column says so. The column *hash*
            tells which configuration hashes a key enters; keys without one change no data. Of the tables
            `oracle_target_task_sampler` and `target_selector` only the one that `target_source` names has
            an effect and enters a hash; written keys of the other are reported.

            | Key | Type | Default | Hash | Meaning |
            |---|---|---|---|---|
            """);
    ConfigKeys.all().stream()
        .filter(key -> key.role() != KeyRole.IGNORED)
        .forEach(key -> text.append(row(key)));
    text.append(
        """

        ## Accepted without effect

        Keys of other implementations that mean nothing here. They are reported and ignored.

        | Key | Why |
        |---|---|
        """);
    ConfigKeys.all().stream()
        .filter(key -> key.role() == KeyRole.IGNORED)
        .forEach(key -> text.append("| `" + key.path() + "` | " + key.meaning() + " |\n"));
    return text.toString();
  }

  private static String row(ConfigKey key) {
    String range = key.range().words();
    String type = range.isEmpty() ? key.value().words() : key.value().words() + ", " + range;
    return "| `"
        + key.path()
        + "` | "
        + type
        + " | "
        + fallback(key)
        + " | "
        + hash(key.role())
        + " | "
        + key.meaning()
        + " |\n";
  }

  private static String fallback(ConfigKey key) {
    return switch (key.presence()) {
      case REQUIRED -> "required";
      case DEFAULTED -> "`" + key.fallback() + "`";
      case OPTIONAL -> key.fallback() == null ? "`none`" : "`" + key.fallback() + "` or `none`";
    };
  }

  private static String hash(KeyRole role) {
    return switch (role) {
      case CANDIDATE -> "writer, candidate";
      case ORACLE -> "writer, oracle";
      case ROLLOUT -> "writer, rollout";
      case TARGET, STORE -> "writer";
      case SELECTION, RUN, STORAGE, LABEL, IGNORED -> "";
    };
  }
}
