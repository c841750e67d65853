package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.rollout.RolloutSourceReader;
import org.nbvrollouts.store.source.vin.VinStoreFabricator;

/** From a VIN offline store and a source to a finished campaign, through the commands. */
class ITSourceImportVin {
  @TempDir static Path folder;
  private static Path source;
  private static Path store;

  @BeforeAll
  static void makeInputs() throws IOException {
    source = TinySource.write(folder.resolve("source"));
    store = folder.resolve("vin");
    VinStoreFabricator.write(store, 8, 2, storedRows());
  }

  /** The rows of the source, the last one in val, and one of a scene that the source lacks. */
  private static List<SourceSample> storedRows() {
    RolloutSourceReader reader = RolloutSourceReader.open(source);
    List<SourceSample> rows = new ArrayList<>();
    for (SampleIdentity identity : reader.identities()) {
      SourceSample sample = reader.load(identity.sampleIndex());
      boolean last = rows.size() == reader.identities().size() - 1;
      rows.add(as(sample, identity.sampleKey(), identity.sceneId(), last ? "val" : "train"));
    }
    rows.add(as(rows.get(0), "99999::snippet-000000", "99999", "train"));
    return rows;
  }

  private static SourceSample as(SourceSample sample, String key, String scene, String split) {
    SampleIdentity old = sample.identity();
    return new SourceSample(
        new SampleIdentity(old.sampleIndex(), key, scene, old.snippetId(), split, "", 0),
        sample.actor(),
        sample.oracle());
  }

  private static CommandLineRun importTo(Path output, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("source", "import-vin", "--vin", store, "--source", source, "--out", output));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray());
  }

  @Test
  void anImportedStoreBecomesACampaign() throws IOException {
    Path joined = folder.resolve("joined");
    CommandLineRun imported = importTo(joined);
    assertThat(imported.exitCode()).as(imported.err()).isZero();
    assertThat(imported.out())
        .contains("VIN offline store, version 8, hash ")
        .contains("Joined 4 rows: train 3, val 1 (split policy by hand)")
        .contains(
            "Left out of the VIN store: 1 row, the source has no snippet of the scene:"
                + " 99999::snippet-000000")
        .contains("assumed: rows are numbered anew")
        .contains("Wrote " + joined);
    assertThat(imported.err()).contains("look at: 1 scene lies in more than one split");

    Path manifest = folder.resolve("campaign/shards.jsonl");
    Path config = TinySource.config(folder.resolve("tiny.toml"));
    CommandLineRun planned = CommandLineRun.plan(config, joined, manifest, 2);
    assertThat(planned.exitCode()).as(planned.err()).isZero();
    assertThat(planned.err()).contains("1 scene lies in more than one split");
    assertThat(Files.readString(folder.resolve("campaign/campaign.json"))).contains("by hand");
    for (String line : Files.readAllLines(manifest)) {
      assertThat(line.contains("\"split\": \"val\"") && line.contains("\"split\": \"train\""))
          .isFalse();
    }

    Path stores = folder.resolve("campaign/stores");
    CommandLineRun run = CommandLineRun.run(config, manifest, stores, "--parallelism", 2);
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).contains("3 of 3 shards finished");
    assertThat(CommandLineRun.of("source", "check", joined).exitCode()).isZero();
  }

  @Test
  void wholeScenesCanBeSplitAnew() {
    Path joined = folder.resolve("by-scene");
    CommandLineRun imported = importTo(joined, "--split-policy", "scene", "--val-scenes", 1);

    assertThat(imported.exitCode()).as(imported.err()).isZero();
    assertThat(imported.out()).contains("train 2, val 2 (split policy sha256(scene_id)/v1)");
    assertThat(imported.err()).isEmpty();
    assertThat(RolloutSourceReader.open(joined).manifest().provenance().splitPolicy())
        .isEqualTo("sha256(scene_id)/v1");
  }

  @Test
  void scenesOfASplitNeedThePolicy() {
    CommandLineRun imported = importTo(folder.resolve("usage"), "--val-scenes", 1);

    assertThat(imported.exitCode()).isEqualTo(64);
    assertThat(imported.err()).contains("expected --split-policy scene with them");
  }

  @Test
  void checkAndDescribeKnowAStore() {
    CommandLineRun check = CommandLineRun.of("source", "check", store);
    assertThat(check.exitCode()).as(check.err()).isZero();
    assertThat(check.out()).contains(store + " is sound: 5 rows");
    assertThat(check.err()).contains("look at: 1 scene lies in more than one split");

    CommandLineRun text = CommandLineRun.of("source", "describe", store);
    assertThat(text.exitCode()).isZero();
    assertThat(text.out())
        .contains("VIN offline store, version 8")
        .containsPattern("backbone.counts +int64 +\\[1, 2, 3, 4\\] +1 +actor")
        .containsPattern("gt.obbs .*oracle");
    CommandLineRun json = CommandLineRun.of("source", "describe", store, "--json");
    assertThat(json.out()).contains("\"split_policy\": \"by hand\"").contains("\"version\": 8");
  }

  @Test
  void aMalformedStoreWritesNothing() throws IOException {
    Path broken = folder.resolve("broken");
    VinStoreFabricator.write(broken, 8, 2, storedRows());
    Path index = broken.resolve("sample_index.jsonl");
    Files.writeString(index, Files.readString(index).replace("\"row\":1", "\"row\":7"));

    CommandLineRun check = CommandLineRun.of("source", "check", broken);
    Path output = folder.resolve("nothing/joined");
    CommandLineRun imported =
        CommandLineRun.of(
            "source", "import-vin", "--vin", broken, "--source", source, "--out", output);

    assertThat(check.exitCode()).isEqualTo(3);
    assertThat(check.err()).contains("row: 7 (expected 0 to 1, shard=shard-000000", "line=2");
    assertThat(imported.exitCode()).isEqualTo(3);
    assertThat(imported.err()).contains("row: 7 (expected 0 to 1, shard=shard-000000");
    assertThat(output.getParent()).doesNotExist();
  }
}
