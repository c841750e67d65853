package org.nbvrollouts.store.source.vin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.BoxPadding;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.FloatColumn;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.vin.VinStoreReader.RepeatedSnippets;

class TestVinStoreReader {
  private static final long SEED = 7;

  @TempDir static Path template;
  @TempDir Path folder;
  private static List<SourceSample> rows;
  private Path store;

  @BeforeAll
  static void makeStore() throws IOException {
    rows = VinStoreFabricator.rows(6, SEED);
    VinStoreFabricator.write(template, 8, 2, rows);
  }

  @BeforeEach
  void copyStore() throws IOException {
    store = folder.resolve("store");
    try (Stream<Path> paths = Files.walk(template)) {
      for (Path path : paths.toList()) {
        Files.copy(path, store.resolve(template.relativize(path).toString()));
      }
    }
  }

  private VinStoreReader open() {
    return VinStoreReader.open(store, RepeatedSnippets.REFUSED);
  }

  private VinSample load(int row) {
    VinStoreReader reader = open();
    return reader.load(reader.identities().get(row));
  }

  private void replace(String file, String from, String to) throws IOException {
    String text = Files.readString(store.resolve(file));
    assertThat(text).contains(from);
    Files.writeString(store.resolve(file), text.replace(from, to));
  }

  private void refuses(String... messageParts) {
    assertThatThrownBy(this::open)
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContainingAll(messageParts);
  }

  private List<String> problems() {
    return VinStoreCheck.check(store, RepeatedSnippets.REFUSED).problems();
  }

  @Test
  void identitiesAreThoseOfTheIndex() {
    VinStoreReader reader = open();

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
    VinStoreReader reader = VinStoreReader.open(seven, RepeatedSnippets.REFUSED);

    assertThat(reader.manifest().version()).isEqualTo(7);
    assertThat(reader.load(reader.identities().get(0)).actor().worldFromSnippet()).isEmpty();
    assertThat(VinStoreCheck.check(seven, RepeatedSnippets.REFUSED).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"6", "9", "10", "\"8\"", "8.0"})
  void otherVersionsAreRefusedByName(String version) throws IOException {
    replace("manifest.json", "{\"version\":8,", "{\"version\":" + version + ",");

    refuses(
        "Cannot open VIN store: version " + version.replace("\"", ""),
        "expected one of the supported versions [7, 8]");
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
  void repeatedSnippetsAreRefusedUnlessTheyAreOnlyToBeReported() throws IOException {
    replace("sample_index.jsonl", "\"snippet_id\":\"snippet-3\"", "\"snippet_id\":\"snippet-2\"");

    refuses(
        "Invalid sample index: repeated (scene_id, snippet_id) [scene 1, snippet-2]",
        "line=4, first line=3");
    assertThat(VinStoreReader.open(store, RepeatedSnippets.REPORTED).warnings())
        .anyMatch(line -> line.contains("repeated (scene_id, snippet_id)"));
  }

  @Test
  void repeatedKeysAndPlacesAreAlwaysRefused() throws IOException {
    replace("sample_index.jsonl", "scene_1::snippet-3", "scene_1::snippet-2");
    replace(
        "sample_index.jsonl",
        "\"shard_id\":\"shard-000002\",\"row\":1",
        "\"shard_id\":\"shard-000002\",\"row\":0");

    assertThatThrownBy(() -> VinStoreReader.open(store, RepeatedSnippets.REPORTED))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContainingAll(
            "repeated sample_key [scene_1::snippet-2]",
            "repeated (shard_id, row) [shard-000002, 0]");
  }

  @Test
  void everyProblemOfTheIndexIsListedAtOnce() throws IOException {
    replace(
        "sample_index.jsonl",
        "\"shard_id\":\"shard-000000\",\"row\":1",
        "\"shard_id\":\"shard-000009\",\"row\":1");
    replace(
        "sample_index.jsonl",
        "\"shard_id\":\"shard-000001\",\"row\":1",
        "\"shard_id\":\"shard-000001\",\"row\":5");
    replace("manifest.json", "\"num_samples\":6", "\"num_samples\":7");
    Files.write(store.resolve("splits/train.npy"), VinStoreFabricator.npy(0, 1, 2, 5, 9));

    assertThat(problems())
        .anyMatch(line -> line.contains("shard_id: shard-000009 (expected a shard of the manifest"))
        .anyMatch(line -> line.contains("row: 5 (expected 0 to 1, shard=shard-000001"))
        .anyMatch(line -> line.contains("1 records of shard-000000 (expected its 2 rows"))
        .anyMatch(line -> line.contains("stats.num_samples: 7 (expected the 6 records"))
        .anyMatch(line -> line.contains("sample_index 9 (expected 0 to 5"))
        .anyMatch(line -> line.contains("sample_index 5 is in train and val"))
        .anyMatch(line -> line.contains("sample_index 3 is in none of them"))
        .allMatch(line -> line.contains("file=") || line.contains("index="));
  }

  @Test
  void anIndexLineThatIsNoRecordIsNamedWithItsLine() throws IOException {
    replace("sample_index.jsonl", "\"sample_index\":2,", "\"sample_index\":\"2\",");
    replace("sample_index.jsonl", "\"snippet_id\":\"snippet-4\"", "\"snippet_id\":\"../x\"");

    refuses(
        "sample_index: 2 (expected an integer of 0 or more",
        "line=3",
        "snippet_id: ../x",
        "line=5");
  }

  @Test
  void anInterruptedRunIsSurfaced() throws IOException {
    replace("manifest.json", "\"interrupted\":false", "\"interrupted\":true");

    assertThat(open().manifest().stats().interrupted()).isTrue();
    assertThat(open().warnings())
        .anyMatch(line -> line.startsWith("The writing run was interrupted"));
  }

  @Test
  void aSplitThatIsNotTheOneOfItsPolicyIsNoticed() throws IOException {
    replace("manifest.json", "\"by hand\"", "\"sha1(sample_key)\"");

    assertThat(open().warnings())
        .anyMatch(
            line -> line.startsWith("The split is not the one of its policy sha1(sample_key)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"shard_id\":\"shard-000001\"|\"shard_id\":\"../shard\"|shards[1].shard_id: ../shard",
        "\"relative_dir\":\"shards/shard-000001\"|\"relative_dir\":\"/etc\"|relative_dir: /etc",
        "\"row_start\":2|\"row_start\":3|row_start: 3 (expected 2",
        "\"paths\":[\"vin/lengths\"]|\"paths\":[\"../../x\"]|paths [../../x]",
        "\"name\":\"vin.lengths\"|\"name\":\"vin.length\"|name vin.length,",
        "\"dtype\":\"int64\"|\"dtype\":\"object\"|dtype: object (expected float32, int64 or bool",
        "\"shape\":[2,1]|\"shape\":[3,1]|shape: [3, 1]",
        "\"kind\":\"zarr_array\"|\"kind\":\"pickle\"|kind: pickle",
        "\"shards\":[{|\"shardz\":[{|shards: null (expected a list"
      })
  void aManifestThatBreaksARuleIsRefused(String from, String to, String message)
      throws IOException {
    replace("manifest.json", from, to);

    refuses("Invalid VIN manifest: ", message);
  }

  @ParameterizedTest
  @CsvSource({
    "'{''descr'': ''|O'', ''fortran_order'': False, ''shape'': (6,), }',pickled objects",
    "'{''descr'': ''<i4'', ''fortran_order'': False, ''shape'': (6,), }',type '<i4'",
    "'{''descr'': ''<i8'', ''fortran_order'': False, ''shape'': (2, 3), }',no shape of one axis",
    "'{''descr'': ''<i8'', ''fortran_order'': False, ''shape'': (99999999999,), }',99999999999 elements in 48 bytes",
    "'{}',type none"
  })
  void splitFilesThatAreNoIndexListAreRefused(String header, String message) throws IOException {
    Files.write(store.resolve("splits/all.npy"), VinStoreFabricator.npy(header, 0, 1, 2, 3, 4, 5));

    refuses("Invalid NPY file: " + message, "all.npy");
  }

  @Test
  void otherNpyVersionsAndShortFilesAreRefused() throws IOException {
    byte[] second = VinStoreFabricator.npy(0, 1, 2, 3, 4, 5);
    second[6] = 2;
    Files.write(store.resolve("splits/all.npy"), second);
    refuses("no NPY file of version 1");

    Files.write(
        store.resolve("splits/all.npy"),
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, -1, -1});
    refuses("the file ends in its header");

    Files.delete(store.resolve("splits/all.npy"));
    refuses("Invalid splits: a file is missing");
  }

  @Test
  void unknownCodecsAreRefused() throws IOException {
    replace("shards/shard-000000/vin/lengths/zarr.json", "\"zstd\"", "\"zfp\"");

    assertThat(problems())
        .anyMatch(line -> line.startsWith("Cannot open array: ") && line.contains("vin/lengths"));
  }

  @Test
  void anArrayUnlikeTheManifestIsRefused() throws IOException {
    replace("manifest.json", "\"shape\":[2,1]", "\"shape\":[2,2]");

    assertThat(problems())
        .anyMatch(
            line ->
                line.contains("array of int64[2, 1] (expected int64[2, 2] as in the manifest")
                    && line.contains("vin/lengths"));
  }

  @Test
  void hugeChunksAreRefusedBeforeMemoryIsTaken() throws IOException {
    Path document = store.resolve("shards/shard-000000/oracle/candidate_count/zarr.json");
    String text = Files.readString(document);
    Files.writeString(document, text.replaceFirst("(\"chunk_shape\": \\[\\s*)2", "$11000000000"));
    assertThat(Files.readString(document)).isNotEqualTo(text);

    assertThat(problems())
        .anyMatch(line -> line.contains("a chunk of shape [1000000000] (expected at most"));
  }

  @Test
  void recordsWithBadOffsetsAreRefused() throws IOException {
    Path offsets = store.resolve("shards/shard-000000/gt__obb_sem_id_to_name.offsets.npy");
    long blob = Files.size(store.resolve("shards/shard-000000/gt__obb_sem_id_to_name.msgpack"));
    Files.write(offsets, VinStoreFabricator.npy(0, blob + 1, blob));
    assertThat(problems()).anyMatch(line -> line.contains("offset 2 is below the one before"));

    Files.write(offsets, VinStoreFabricator.npy(0, 1, blob + 5));
    assertThat(problems()).anyMatch(line -> line.contains("offsets from 0 to " + (blob + 5)));

    Files.write(offsets, VinStoreFabricator.npy(0, blob));
    assertThat(problems()).anyMatch(line -> line.contains("2 offsets (expected 3"));
  }

  @Test
  void aDamagedChunkIsNamedOnce() throws IOException {
    Path chunk = store.resolve("shards/shard-000001/oracle/reference_pose_world_rig/c/1/0");
    Files.write(chunk, new byte[] {1, 2, 3});

    assertThat(problems())
        .filteredOn(line -> line.contains("oracle/reference_pose_world_rig/c/1/0"))
        .hasSize(1);
  }

  @Test
  void aLinkOutOfTheStoreIsNotFollowed() throws IOException {
    Path outside = Files.write(folder.resolve("secret"), new byte[] {1});
    Path chunk = store.resolve("shards/shard-000000/oracle/reference_pose_world_rig/c/0/0");
    Files.delete(chunk);
    Files.createSymbolicLink(chunk, outside);

    assertThat(problems())
        .anyMatch(line -> line.startsWith("Cannot read VIN store: a link leads out of it"));
  }

  @Test
  void readingWritesNothing() throws IOException {
    List<String> before = tree();
    problems();
    VinStoreDescription.describe(store);

    assertThat(tree()).isEqualTo(before);
  }

  private List<String> tree() throws IOException {
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
