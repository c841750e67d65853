package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.jobs.origin.StoredCampaign;
import org.nbvrollouts.jobs.replay.RoomSource;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.zarr.MemoryStoreFiles;
import org.nbvrollouts.store.zarr.StoreEditor;

/** {@code audit replay} as a person calls it. */
final class TestAuditReplayCommand {
  @TempDir static Path folder;
  private static StoredCampaign campaign;

  @BeforeAll
  static void build() throws IOException {
    campaign =
        StoredCampaign.build(
            folder, RoomSource.write(folder.resolve("source")), StoredCampaign.CONFIG);
  }

  @Test
  void oneRolloutIsFoundByItsIdOrItsRow() {
    String id = "00000000-target-00-oracle_lookahead-000001";
    CommandLineRun byId = replay("--rollout", id);
    assertThat(byId.exitCode()).as(byId.err()).isZero();
    assertThat(byId.out())
        .contains(id + ": 2 steps, ")
        .contains("values, equal")
        .contains("Compared: candidate_diagnostics ")
        .contains("1 rollout, ")
        .contains(": no difference");
    assertThat(byId.err()).contains("Replayed in ");
    assertThat(replay("--rollout", "2").out()).isEqualTo(byId.out());
  }

  @Test
  void randomRolloutsFollowFromTheSeed() {
    CommandLineRun first = replay("--random", "3", "--seed", "5");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("3 rollouts, ");
    CommandLineRun again =
        CommandLineRun.of(
            "audit", "replay", "--store", campaign.finalRoot(), "--random", 3, "--seed", 5);
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(replay("--random", "1000").out()).contains("10 rollouts, ");
  }

  @Test
  void aChangedValueEndsWithFiveAndIsPrintedWithBothValues() throws IOException {
    MemoryStoreFiles files = new MemoryStoreFiles();
    try (Stream<Path> all = Files.walk(campaign.store())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = campaign.store().relativize(file).toString().replace('\\', '/');
        files.replace(name, Files.readAllBytes(file));
      }
    }
    new StoreEditor(files).set("steps/cumulative_target_rri", 0, 0.75);
    Path changed = folder.resolve("changed");
    files.saveTo(changed);
    CommandLineRun text = CommandLineRun.of("audit", "replay", "--store", changed, "--rollout", 0);
    assertThat(text.exitCode()).isEqualTo(5);
    assertThat(text.out())
        .contains("values, 1 different")
        .contains("  steps/cumulative_target_rri[0]: stored 0.75, recomputed ")
        .contains("(1 ulp of float32 or 1e-9)")
        .contains(": 1 difference\n");
    CommandLineRun json =
        CommandLineRun.of("audit", "replay", "--store", changed, "--rollout", 0, "--json");
    assertThat(json.exitCode()).isEqualTo(5);
    Map<String, Object> report = JsonParser.parseObject(json.out(), "output");
    assertThat(report).containsEntry("rollouts", 1L).containsEntry("differences", 1L);
    Map<?, ?> only = (Map<?, ?>) ((List<?>) report.get("reports")).get(0);
    Map<?, ?> difference = (Map<?, ?>) ((List<?>) only.get("differences")).get(0);
    assertThat(difference.get("array")).isEqualTo("steps/cumulative_target_rri");
    assertThat(difference.get("stored")).isEqualTo("0.75");
  }

  @Test
  void whatCannotBeReplayedIsRefused() {
    assertThat(replay().exitCode()).isEqualTo(64);
    assertThat(replay("--rollout", "0", "--random", "1").err())
        .contains("Invalid arguments: expected either --rollout or --random");
    assertThat(replay("--random", "0").exitCode()).isEqualTo(64);
    CommandLineRun unknown = replay("--rollout", "nothing");
    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(unknown.err())
        .contains("Cannot find rollout: the store has none of this id or row (rollout=nothing")
        .contains("Some that are there: 00000000-target-00-random_valid-000000, ");
    CommandLineRun moved = replay("--rollout", "0", "--source", "nowhere");
    assertThat(moved.exitCode()).isEqualTo(3);
    assertThat(moved.err()).contains("Name its folder with --source");
  }

  private static CommandLineRun replay(Object... options) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("audit", "replay", "--store", campaign.store()), Stream.of(options))
            .toArray());
  }
}
