package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.audit.AuditedExample;
import org.nbvrollouts.store.audit.TableStoreEditor;
import org.nbvrollouts.store.json.JsonParser;

/** {@code audit candidates}, {@code groups}, {@code waterfall}, {@code targets}, suspicion. */
class TestAuditViews {
  @TempDir private Path folder;

  private Path save(TableStoreEditor store) throws IOException {
    Path saved = Files.createTempDirectory(folder, "store");
    store.files().saveTo(saved);
    return saved;
  }

  private static CommandLineRun audit(Path store, Object... arguments) {
    return CommandLineRun.of(
        Stream.concat(
                Stream.of("audit", arguments[0], "--store", store), Stream.of(arguments).skip(1))
            .toArray());
  }

  private static Map<String, String> content(Path directory) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(
            file.toString(),
            Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return content;
  }

  @Test
  void everyViewPrintsATableAndChangesNothing() throws IOException {
    Path store = save(AuditedExample.store());
    Map<String, String> before = content(store);
    for (String view : List.of("candidates", "groups", "waterfall", "targets", "suspicious")) {
      CommandLineRun run = audit(store, view);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out().lines()).hasSizeGreaterThan(3);
      assertThat(run.out()).doesNotContain("NaN", "null");
      assertThat(
              JsonParser.parseObject(
                  audit(store, view, "--json").out().getBytes(StandardCharsets.UTF_8), view))
          .containsKeys("store", "columns", "rows")
          .containsEntry("truncated", false);
    }
    assertThat(content(store)).isEqualTo(before);
  }

  @Test
  void groupsOfTheWorkedExample() throws IOException {
    assertThat(audit(save(AuditedExample.store()), "groups", "--group-by", "policy,position").out())
        .isEqualTo(
            """
              policy               position   total   actor_valid   actor_valid_fraction   q_train   selected   mean_target_root_gain
              -----------------------------------------------------------------------------------------------------------------------
              greedy          forward_local       3             3                 1.0000         2          3                  0.3750
              greedy   target_bearing_local       4             1                 0.2500         1          0                  0.1250
            """);
  }

  @Test
  void whatTheLimitLeavesOutIsSaid() throws IOException {
    Path store = save(AuditedExample.store());

    assertThat(audit(store, "candidates", "--limit", 2, "--step", 10).out())
        .endsWith("\n1 row left out of 3; --limit shows more, --json all\n");
    assertThat(audit(store, "candidates", "--json", "--limit", 1).out())
        .contains("\"total_rows\": 7,\n  \"truncated\": true,\n")
        .contains("\"candidate_row_id\":100")
        .doesNotContain("\"candidate_row_id\":101");
    assertThat(audit(store, "candidates", "--step", 99).out()).isEqualTo("No row\n");
  }

  @Test
  void theGateSaysNoBySeverity() throws IOException {
    TableStoreEditor example = AuditedExample.store();
    Path store = save(example);

    assertThat(audit(store, "suspicious", "--fail-on", "error").exitCode()).isEqualTo(6);
    assertThat(audit(store, "suspicious", "--fail-on", "warning", "--limit", 0).exitCode())
        .isEqualTo(6);
    example.editor().set("candidates/actor_action_mask", 3, 0);
    Path labelled = save(example);
    assertThat(audit(labelled, "suspicious", "--fail-on", "error").exitCode()).isZero();
    assertThat(audit(labelled, "suspicious", "--fail-on", "warning").exitCode()).isEqualTo(6);
    assertThat(audit(store, "suspicious", "--fail-on", "fatal").exitCode()).isEqualTo(64);
  }

  @Test
  void wrongNamesAreRefusedAndDamageIsInvalid() throws IOException {
    Path store = save(AuditedExample.store());

    CommandLineRun group = audit(store, "groups", "--group-by", "family");
    assertThat(group.exitCode()).isEqualTo(3);
    assertThat(group.err()).startsWith("Invalid group_by: family (expected one of position, ");
    CommandLineRun threshold = audit(store, "suspicious", "--threshold", "max_speed=1");
    assertThat(threshold.exitCode()).isEqualTo(3);
    assertThat(threshold.err()).startsWith("Invalid threshold: max_speed (expected one of ");
    assertThat(CommandLineRun.of("audit").err())
        .contains("Missing command (expected one of replay, candidates, groups, ");

    Files.writeString(store.resolve("candidates/q_train_mask/zarr.json"), "{");
    CommandLineRun damaged = audit(store, "waterfall");
    assertThat(damaged.exitCode()).isEqualTo(5);
    assertThat(damaged.err()).startsWith("Invalid JSON: ").contains("candidates/q_train_mask");
  }

  @Test
  void aStoreWithoutRowsIsNoMistake() throws IOException {
    Path store = save(new TableStoreEditor());

    assertThat(audit(store, "candidates").out()).isEqualTo("No row\n");
    assertThat(audit(store, "targets").out()).isEqualTo("No row\n");
    assertThat(audit(store, "waterfall").out()).contains("full shell").contains("–");
    assertThat(audit(store, "suspicious", "--fail-on", "warning").exitCode()).isZero();
  }
}
