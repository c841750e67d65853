package org.nbvrollouts.store.source.vin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.source.BoxPadding;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.FloatColumn;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.vin.VinStoreReader.RepeatedSnippets;

/** What a sound store holds. */
class TestVinStoreReader {
  private static final long SEED = 7;

  @TempDir static Path folder;
  private static List<SourceSample> rows;
  private static Path store;
  private static VinStoreReader reader;

  @BeforeAll
  static void makeStore() throws IOException {
    rows = VinStoreFabricator.rows(6, SEED);
    store = folder.resolve("store");
    VinStoreFabricator.write(store, 8, 2, rows);
    reader = VinStoreReader.open(store, RepeatedSnippets.REFUSED);
  }

  private static VinSample load(int row) {
    return reader.load(reader.identities().get(row));
  }

  @Test
  void identitiesAreThoseOfTheIndex() {
    assertThat(reader.identities()).hasSize(6);
    assertThat(reader.identities().get(3))
        .isEqualTo(
            new SampleIdentity(
                3, "scene_1::snippet-3", "scene 1", "snippet-3", "train", "shard-000001", 1));
    assertThat(reader.splits()).containsEntry("train", 5).containsEntry("val", 1);
    assertThat(VinStoreReader.isStore(store)).isTrue();
    assertThat(VinStoreReader.isStore(folder)).isFalse();
  }

  @Test
  void rowsLoseTheirPaddingAndNothingElse() {
    for (int i = 0; i < rows.size(); i++) {
      VinActorEvidence actor = load(i).actor();
      SourceSample row = rows.get(i);
      assertThat(actor.trajectory())
          .as("seed %d row %d", SEED, i)
          .contains(row.actor().trajectory());
      assertThat(actor.points().pointsWorld().copyCoordinates())
          .isEqualTo(row.actor().points().pointsWorld().copyCoordinates());
      assertThat(actor.points().inverseDistanceStd().orElseThrow().length())
          .isEqualTo(actor.points().pointsWorld().size());
      assertThat(actor.worldFromSnippet()).isEqualTo(row.actor().worldFromSnippet());
      assertThat(actor.referencePoseWorldRig())
          .contains(row.actor().referencePoseWorldRig().orElse(row.actor().rootPoseWorldRig()));
      assertThat(actor.gravityWorld().orElseThrow().z()).isEqualTo(-9.81f);
    }
  }

  @Test
  void boxesAreThoseOfTheLatestSliceThatHasAny() {
    int tables = 0;
    for (int i = 0; i < rows.size(); i++) {
      Optional<BoxTable> expected = rows.get(i).oracle().groundTruth();
      Optional<VinBoxes> found = load(i).oracle().groundTruth();
      assertThat(found.isPresent()).as("seed %d row %d", SEED, i).isEqualTo(expected.isPresent());
      if (found.isPresent() && !expected.get().boxes().isEmpty()) {
        tables++;
        assertThat(values(found.get().table())).isEqualTo(values(expected.get()));
        assertThat(found.get().table().classNames()).isEqualTo(expected.get().classNames());
        assertThat(found.get().slice()).isEqualTo(i % 2 == 0 ? 1 : 0);
        assertThat(found.get().padding().keySet())
            .contains(BoxPadding.NOT_A_NUMBER, BoxPadding.ZERO, BoxPadding.MINUS_ONE);
      }
    }
    assertThat(tables).isPositive();
  }

  private static List<FloatColumn> values(BoxTable table) {
    return table.boxes().stream().map(box -> FloatColumn.of(box.toFloats())).toList();
  }

  @Test
  void aBlockThatOnlyOneShardHasIsAbsentElsewhere() {
    assertThat(load(0).actor().voxels()).isPresent();
    assertThat(load(2).actor().voxels()).isEmpty();
    assertThat(load(2).actor().detected()).isEmpty();
  }

  @Test
  void aRowThatIsAllZerosHasNoBoxTable() {
    assertThat(load(1).actor().detected()).isEmpty();
  }

  @Test
  void aChunkThatWasLeftOutIsAllFillValue() {
    Path chunk = store.resolve("shards/shard-000000/backbone/counts/c/1/0/0/0/0");

    assertThat(chunk).doesNotExist();
    assertThat(load(1).actor().voxels().orElseThrow().counts().toArray()).containsOnly(0);
    assertThat(load(0).actor().voxels().orElseThrow().counts().toArray())
        .startsWith(0, 1, 2, 3, 4, 0);
    assertThat(load(0).actor().voxels().orElseThrow().dims().toArray()).containsExactly(2, 3, 4);
  }

  @Test
  void versionSevenHasNoSnippetPose() throws IOException {
    Path seven = folder.resolve("seven");
    VinStoreFabricator.write(seven, 7, 4, rows);
    VinStoreReader old = VinStoreReader.open(seven, RepeatedSnippets.REFUSED);

    assertThat(old.manifest().version()).isEqualTo(7);
    assertThat(old.load(old.identities().get(0)).actor().worldFromSnippet()).isEmpty();
    assertThat(VinStoreCheck.check(seven, RepeatedSnippets.REFUSED).problems()).isEmpty();
  }

  @Test
  void aSoundStoreHasNoProblem() {
    VinStoreCheck.Result result = VinStoreCheck.check(store, RepeatedSnippets.REFUSED);

    assertThat(result.problems()).isEmpty();
    assertThat(result.samples()).isEqualTo(6);
    assertThat(result.warnings())
        .containsExactly(
            "1 scene lies in more than one split, so results on one split say little about unseen"
                + " scenes: scene 2 in train and val");
  }

  @Test
  void readingWritesNothing() throws IOException {
    List<String> before = tree();
    VinStoreCheck.check(store, RepeatedSnippets.REFUSED);
    VinStoreDescription.describe(store);

    assertThat(tree()).isEqualTo(before);
  }

  private static List<String> tree() throws IOException {
    try (Stream<Path> paths = Files.walk(store)) {
      return paths.map(path -> path + " " + path.toFile().lastModified()).sorted().toList();
    }
  }

  @Test
  void aDescriptionSaysWhichBlocksAreRead() {
    VinStoreDescription description = VinStoreDescription.describe(store);

    assertThat(description.blocks())
        .contains(
            new VinStoreDescription.BlockRow(
                "backbone.counts", "zarr_array", "int64", List.of(1L, 2L, 3L, 4L), 1, "actor"))
        .anyMatch(block -> block.name().equals("gt.obbs") && block.use().equals("oracle"))
        .anyMatch(block -> block.name().equals("oracle.rri") && block.use().equals("not read"));
    assertThat(description.scenes())
        .extracting(VinStoreDescription.SceneRow::sceneId)
        .containsExactly("scene 0", "scene 1", "scene 2");
  }
}
