package org.nbvrollouts.store.source.vin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.OracleEvidence;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SceneSplit;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.rollout.RolloutSourceCheck;
import org.nbvrollouts.store.source.rollout.RolloutSourceReader;
import org.nbvrollouts.store.source.rollout.RolloutSourceWriter;
import org.nbvrollouts.store.source.rollout.SourceFixtures;

class TestVinImporter {
  private static final long SEED = 11;

  private static final VinImportOptions STRICT =
      new VinImportOptions(
          new VinImportOptions.Splits.Kept(),
          VinImportOptions.Interrupted.REFUSED,
          VinStoreReader.RepeatedSnippets.REFUSED);

  @TempDir static Path inputs;
  @TempDir Path folder;
  private static List<SourceSample> rows;
  private Path store;
  private Path source;
  private Path output;

  @BeforeAll
  static void makeInputs() throws IOException {
    rows = VinStoreFabricator.rows(6, SEED);
    VinStoreFabricator.write(inputs.resolve("store"), 8, 2, rows);
    writeSource(inputs.resolve("source"), rows);
  }

  @BeforeEach
  void takeInputs() {
    store = inputs.resolve("store");
    source = inputs.resolve("source");
    output = folder.resolve("out/joined");
  }

  /** For a test that changes a file of the store. */
  private void takeStoreOfItsOwn() throws IOException {
    store = folder.resolve("store");
    VinStoreFabricator.write(store, 8, 2, rows);
  }

  private static void writeSource(Path folder, List<SourceSample> samples) {
    try (RolloutSourceWriter writer =
        RolloutSourceWriter.create(folder, SourceFixtures.PROVENANCE)) {
      MeshReference mesh = writer.addMesh(SourceFixtures.tetrahedron(3));
      long index = 0;
      for (SourceSample sample : samples) {
        SampleIdentity old = sample.identity();
        writer.addSample(
            new SourceSample(
                new SampleIdentity(
                    index++, old.sampleKey(), old.sceneId(), old.snippetId(), "train", "", 0),
                sample.actor(),
                new OracleEvidence(
                    sample.oracle().groundTruth(), sample.oracle().rootCloud(), mesh)));
      }
      writer.finish();
    }
  }

  private void rewriteSource(List<SourceSample> samples) {
    source = folder.resolve("other-source");
    writeSource(source, samples);
  }

  private static SourceSample renamed(SourceSample sample, String key, String snippet) {
    SampleIdentity old = sample.identity();
    return new SourceSample(
        new SampleIdentity(old.sampleIndex(), key, old.sceneId(), snippet, old.split(), "", 0),
        sample.actor(),
        sample.oracle());
  }

  private VinImporter.Result importWith(VinImportOptions options) {
    return new VinImporter(store, source, options).write(output);
  }

  private void refuses(String... parts) throws IOException {
    assertThatThrownBy(() -> importWith(STRICT))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContainingAll(parts);
    if (Files.exists(output.getParent())) {
      try (Stream<Path> left = Files.list(output.getParent())) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void fieldsComeFromTheSideThatTheyBelongTo() {
    VinImporter.Result result = importWith(STRICT);

    RolloutSourceReader joined = RolloutSourceReader.open(output);
    VinStoreReader vin = VinStoreReader.open(store, VinStoreReader.RepeatedSnippets.REFUSED);
    assertThat(RolloutSourceCheck.check(output).problems()).isEmpty();
    assertThat(joined.identities()).isEqualTo(vin.identities());
    for (int i = 0; i < 6; i++) {
      SourceSample sample = joined.load(i);
      VinSample stored = vin.load(vin.identities().get(i));
      ActorEvidence raw = rows.get(i).actor();
      assertThat(sample.actor().trajectory().worldFromRig())
          .as("seed %d row %d", SEED, i)
          .isEqualTo(raw.trajectory().worldFromRig());
      assertThat(sample.actor().referencePoseWorldRig())
          .isEqualTo(stored.actor().referencePoseWorldRig());
      assertThat(sample.actor().calibrations()).hasSameSizeAs(raw.calibrations());
      assertThat(sample.actor().points().pointsWorld().size())
          .isEqualTo(raw.points().pointsWorld().size());
      assertThat(sample.actor().detected().isPresent())
          .isEqualTo(stored.actor().detected().isPresent() || raw.detected().isPresent());
      assertThat(sample.actor().voxels().isPresent())
          .isEqualTo(stored.actor().voxels().isPresent() || raw.voxels().isPresent());
    }
    assertThat(result.rows()).isEqualTo(6);
    assertThat(result.splits()).containsEntry("train", 5).containsEntry("val", 1);
    assertThat(result.tally().counts().get(JoinTally.Field.VOXELS))
        .containsEntry(JoinTally.Origin.VIN, 2);
    assertThat(result.warnings())
        .anyMatch(line -> line.endsWith("unseen scenes: scene 2 in train and val"));
  }

  @Test
  void theManifestSaysWhichStoreWasJoinedAndHoldsNoPlace() throws IOException {
    VinImporter.Result result = importWith(STRICT);

    Map<String, String> facts = RolloutSourceReader.open(output).manifest().provenance().facts();
    assertThat(facts)
        .containsEntry("vin.version", "8")
        .containsEntry("vin.source_manifest_hash", result.vinManifestHash())
        .containsEntry("vin.interrupted", "false")
        .containsEntry(
            "base.source_manifest_hash", RolloutSourceReader.open(source).sourceManifestHash())
        .containsEntry("join.rows", "6")
        .containsEntry("join.from.voxels.vin", "2")
        .containsEntry("seed", "7");
    assertThat(Files.readString(output.resolve("manifest.json")))
        .doesNotContain(folder.getFileName().toString(), inputs.getFileName().toString());
    Path again = folder.resolve("elsewhere");
    assertThat(new VinImporter(store, source, STRICT).write(again).sourceManifestHash())
        .isEqualTo(result.sourceManifestHash());
  }

  @Test
  void meshesAreTakenOverByteByByte() {
    importWith(STRICT);

    String mesh = RolloutSourceReader.open(source).load(0).oracle().mesh().sha256();
    assertThat(output.resolve("meshes/" + mesh + ".ply"))
        .hasSameBinaryContentAs(source.resolve("meshes/" + mesh + ".ply"));
  }

  @Test
  void rowsWithoutPartnerAreCountedByReason() throws IOException {
    SourceSample other = rows.get(1);
    rewriteSource(
        List.of(
            rows.get(0),
            renamed(other, "x_" + other.identity().sampleKey(), other.identity().snippetId()),
            rows.get(2),
            renamed(rows.get(4), "scene_2::new", "new")));
    VinImporter.Result result = importWith(STRICT);

    assertThat(result.rows()).isEqualTo(2);
    assertThat(result.storeOnly())
        .containsEntry(UnjoinedReason.KEY_DIFFERS, List.of("scene_0::snippet-1"))
        .containsEntry(
            UnjoinedReason.SNIPPET_MISSING,
            List.of("scene_1::snippet-3", "scene_2::snippet-4", "scene_2::snippet-5"));
    assertThat(result.sourceOnly()).containsExactly("x_scene_0::snippet-1", "scene_2::new");
    RolloutSourceReader joined = RolloutSourceReader.open(output);
    assertThat(joined.identities().get(1).sampleKey()).isEqualTo("scene_1::snippet-2");
    assertThat(joined.identities().get(1).sampleIndex()).isEqualTo(1);
    assertThat(joined.identities().get(1).sourceShardId()).isEqualTo("shard-000001");
    assertThat(joined.manifest().provenance().facts())
        .containsEntry("join.store_only.snippet_missing", "3")
        .containsEntry("join.store_only.scene_missing", "0")
        .containsEntry("join.source_only", "2");
  }

  @Test
  void aKeyThatOnlyEndsAlikeDoesNotJoin() throws IOException {
    List<SourceSample> suffixed = new ArrayList<>();
    rows.forEach(
        row ->
            suffixed.add(
                renamed(
                    row,
                    "more_" + row.identity().sampleKey(),
                    "more-" + row.identity().snippetId())));
    rewriteSource(suffixed);

    refuses("no sample key is on both sides (store_rows=6, source_rows=6");
  }

  @Test
  void oneKeyForDifferentSnippetsIsRefused() throws IOException {
    rewriteSource(List.of(rows.get(0), renamed(rows.get(1), "scene_0::snippet-1", "other")));

    refuses("Cannot join: sample key scene_0::snippet-1 is [scene 0, snippet-1] in the store");
  }

  @Test
  void rowsThatWalkElsewhereAreRefusedTogether() throws IOException {
    rewriteSource(List.of(rows.get(0), moved(rows.get(1)), moved(rows.get(2))));

    refuses(
        "Cannot join: pose 0 of the walk differs between store and source",
        "(sample_key=scene_0::snippet-1)",
        "(sample_key=scene_1::snippet-2)");
  }

  private static SourceSample moved(SourceSample sample) {
    ActorEvidence actor = sample.actor();
    Pose12 shift = new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, 0.01, 0, 0);
    PoseTrajectory walk =
        new PoseTrajectory(
            actor.trajectory().worldFromRig().stream().map(shift::compose).toList(),
            actor.trajectory().timesNs());
    return new SourceSample(
        sample.identity(),
        new ActorEvidence(
            walk,
            walk.last(),
            actor.referencePoseWorldRig(),
            actor.worldFromSnippet(),
            actor.gravityWorld(),
            actor.calibrations(),
            actor.points(),
            actor.volume(),
            actor.occupancyExtent(),
            actor.detected(),
            actor.voxels()),
        sample.oracle());
  }

  @Test
  void aDamagedRowWritesNothing() throws IOException {
    takeStoreOfItsOwn();
    Files.write(store.resolve("shards/shard-000002/vin/lengths/c/1/0"), new byte[] {1, 2, 3});

    refuses("Cannot read array: ", "vin/lengths/c/1/0");
  }

  @Test
  void anInterruptedStoreNeedsConsent() throws IOException {
    takeStoreOfItsOwn();
    Path manifest = store.resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"interrupted\":false", "\"interrupted\":true"));
    refuses("its writing run was interrupted", "--allow-interrupted");

    importWith(
        new VinImportOptions(
            new VinImportOptions.Splits.Kept(),
            VinImportOptions.Interrupted.ACCEPTED,
            VinStoreReader.RepeatedSnippets.REFUSED));

    assertThat(RolloutSourceReader.open(output).manifest().provenance().facts())
        .containsEntry("vin.interrupted", "true");
  }

  @Test
  void ofRepeatedSnippetsTheLastCounts() throws IOException {
    takeStoreOfItsOwn();
    Path index = store.resolve("sample_index.jsonl");
    Files.writeString(
        index,
        Files.readString(index)
            .replace("\"snippet_id\":\"snippet-2\"", "\"snippet_id\":\"snippet-3\""));
    refuses("repeated (scene_id, snippet_id) [scene 1, snippet-3]");

    VinImporter.Result result =
        importWith(
            new VinImportOptions(
                new VinImportOptions.Splits.Kept(),
                VinImportOptions.Interrupted.REFUSED,
                VinStoreReader.RepeatedSnippets.REPORTED));

    assertThat(result.storeOnly())
        .containsEntry(UnjoinedReason.SUPERSEDED, List.of("scene_1::snippet-2"));
    assertThat(result.rows()).isEqualTo(5);
    assertThat(result.warnings())
        .anyMatch(line -> line.contains("repeated (scene_id, snippet_id)"));
  }

  @Test
  void wholeScenesCanBeSplitAnew() {
    VinImporter.Result result =
        importWith(
            new VinImportOptions(
                new VinImportOptions.Splits.ByScene(1, 1),
                VinImportOptions.Interrupted.REFUSED,
                VinStoreReader.RepeatedSnippets.REFUSED));

    assertThat(result.splitPolicy()).isEqualTo(SceneSplit.POLICY);
    assertThat(result.splits())
        .containsExactly(Map.entry("test", 2), Map.entry("train", 2), Map.entry("val", 2));
    assertThat(result.warnings()).isEmpty();
    assertThat(RolloutSourceReader.open(output).manifest().provenance().splitPolicy())
        .isEqualTo("sha256(scene_id)/v1");
  }

  @Test
  void moreScenesThanThereAreCannotBeAskedFor() {
    assertThatThrownBy(
            () ->
                importWith(
                    new VinImportOptions(
                        new VinImportOptions.Splits.ByScene(3, 1),
                        VinImportOptions.Interrupted.REFUSED,
                        VinStoreReader.RepeatedSnippets.REFUSED)))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Invalid split: 3 val and 1 test scenes");
    assertThat(output).doesNotExist();
  }

  @Test
  void anInputIsNoPlaceForTheOutput() {
    for (Path inside : List.of(store.resolve("joined"), source.resolve("a/b"))) {
      assertThatThrownBy(() -> new VinImporter(store, source, STRICT).write(inside))
          .isInstanceOf(RefusedInputException.class)
          .hasMessageStartingWith("Cannot write source: the place lies in an input");
    }
  }

  @Test
  void whatTheStoreLacksComesFromTheSource() throws IOException {
    Path seven = folder.resolve("seven");
    VinStoreFabricator.write(seven, 7, 6, rows);
    store = seven;

    VinImporter.Result result = importWith(STRICT);

    Optional<Pose12> expected =
        rows.stream()
            .map(row -> row.actor().worldFromSnippet())
            .flatMap(Optional::stream)
            .findFirst();
    assertThat(expected).isPresent();
    assertThat(result.version()).isEqualTo(7);
    assertThat(result.tally().counts().get(JoinTally.Field.SNIPPET_POSE))
        .containsEntry(JoinTally.Origin.VIN, 0);
    for (int i = 0; i < 6; i++) {
      assertThat(RolloutSourceReader.open(output).load(i).actor().worldFromSnippet())
          .isEqualTo(rows.get(i).actor().worldFromSnippet());
    }
  }
}
