package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.manifest.ManifestFixtures;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardManifest;
import org.nbvrollouts.store.manifest.ShardManifestFile;
import org.nbvrollouts.store.status.AttemptCounts;
import org.nbvrollouts.store.status.RolloutShardStatus;
import org.nbvrollouts.store.status.ShardState;

class TestStatusOutputs {
  @TempDir private Path folder;

  @Test
  void aRetryManifestHasTheLinesOfWhatIsNotFinishedInTheirOrder() throws IOException {
    List<RolloutShardEntry> entries = ManifestFixtures.oneRowEntries(4);
    Path plan = folder.resolve("shards.jsonl");
    String text = new String(ShardManifest.of("m", entries).toBytes(), StandardCharsets.UTF_8);
    String withLaterKey = text.replaceFirst("\\{", "{\"later\": 1, ");
    Files.writeString(plan, withLaterKey);
    Path retry = folder.resolve("retry/shards.jsonl");
    try (StatusOutputs outputs = new StatusOutputs(false)) {
      outputs.add(status(entries.get(0), ShardState.MISSING));
      outputs.add(status(entries.get(1), ShardState.SUCCEEDED));
      outputs.add(status(entries.get(2), ShardState.FAILED));
      outputs.add(status(entries.get(3), ShardState.INCOMPLETE));
      outputs.writeRetryManifest(retry, ShardManifestFile.open(plan));
    }
    List<String> lines = withLaterKey.lines().toList();
    assertThat(retry).hasContent(String.join("\n", lines.get(0), lines.get(2), lines.get(3)));
    assertThat(ShardManifestFile.open(retry).shards()).isEqualTo(3);
  }

  private static RolloutShardStatus status(RolloutShardEntry entry, ShardState state) {
    return new RolloutShardStatus(
        entry.shardId(),
        entry.split(),
        state,
        entry.numRows(),
        new RolloutShardStatus.Place("final", "final/_SUCCESS.json", "final/_owner.json", "."),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new AttemptCounts(0, 0, 0),
        RolloutShardStatus.Committed.NOTHING,
        List.of());
  }
}
