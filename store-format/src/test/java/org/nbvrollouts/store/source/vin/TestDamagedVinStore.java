package org.nbvrollouts.store.source.vin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.vin.VinStoreReader.RepeatedSnippets;

/** What is refused, and what is listed, of stores of which one thing is wrong or odd. */
class TestDamagedVinStore {
  private static final long SEED = 7;

  @TempDir static Path sound;
  @TempDir Path folder;
  private Path store;

  @BeforeAll
  static void makeStore() throws IOException {
    VinStoreFabricator.write(sound, 8, 2, VinStoreFabricator.rows(6, SEED));
  }

  /** Opening reads these files and no shard, of which there are hundreds of files. */
  @BeforeEach
  void copyWhatIsOpened() throws IOException {
    store = folder.resolve("store");
    copy(sound, 1);
    copy(sound.resolve("splits"), 1);
  }

  private void copyShards() throws IOException {
    copy(sound.resolve("shards"), Integer.MAX_VALUE);
  }

  private void copy(Path from, int depth) throws IOException {
    try (Stream<Path> paths = Files.walk(from, depth)) {
      for (Path path : paths.toList()) {
        Path to = store.resolve(sound.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(to);
        } else {
          Files.copy(path, to);
        }
      }
    }
  }

  private VinStoreReader open() {
    return VinStoreReader.open(store, RepeatedSnippets.REFUSED);
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

  @ParameterizedTest
  @ValueSource(strings = {"6", "9", "10", "\"8\"", "8.0"})
  void otherVersionsAreRefusedByName(String version) throws IOException {
    replace("manifest.json", "{\"version\":8,", "{\"version\":" + version + ",");

    refuses(
        "Cannot open VIN store: version " + version.replace("\"", ""),
        "expected one of the supported versions [7, 8]");
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
    copyShards();
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
  void brokenLinesHideNoOtherProblem() throws IOException {
    copyShards();
    String file = store.toRealPath().resolve("sample_index.jsonl").toString();
    replace("sample_index.jsonl", "{\"sample_index\":1,", "{sample_index:1,");
    replace("sample_index.jsonl", "\"snippet_id\":\"snippet-4\"", "\"snippet_id\":\"../x\"");
    replace("sample_index.jsonl", "scene_1::snippet-3", "scene_1::snippet-2");
    replace("manifest.json", "\"num_samples\":6", "\"num_samples\":7");

    assertThat(problems())
        .hasSize(4)
        .anyMatch(line -> line.endsWith("(file=" + file + ", line=2, column=2)"))
        .anyMatch(line -> line.contains("snippet_id: ../x") && line.contains(", line=5)"))
        .anyMatch(
            line -> line.contains("repeated sample_key") && line.contains("line=4, first line=3"))
        .anyMatch(line -> line.contains("stats.num_samples: 7 (expected the 6 records"));
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
    copyShards();
    replace("shards/shard-000000/vin/lengths/zarr.json", "\"zstd\"", "\"zfp\"");

    assertThat(problems())
        .anyMatch(line -> line.startsWith("Cannot open array: ") && line.contains("vin/lengths"));
  }

  @Test
  void anArrayUnlikeTheManifestIsRefused() throws IOException {
    copyShards();
    replace("manifest.json", "\"shape\":[2,1]", "\"shape\":[2,2]");

    assertThat(problems())
        .anyMatch(
            line ->
                line.contains("array of int64[2, 1] (expected int64[2, 2] as in the manifest")
                    && line.contains("vin/lengths"));
  }

  @Test
  void hugeChunksAreRefusedBeforeMemoryIsTaken() throws IOException {
    copyShards();
    Path document = store.resolve("shards/shard-000000/oracle/candidate_count/zarr.json");
    String text = Files.readString(document);
    Files.writeString(document, text.replaceFirst("(\"chunk_shape\": \\[\\s*)2", "$11000000000"));
    assertThat(Files.readString(document)).isNotEqualTo(text);

    assertThat(problems())
        .anyMatch(line -> line.contains("a chunk of shape [1000000000] (expected at most"));
  }

  @Test
  void recordsWithBadOffsetsAreRefused() throws IOException {
    copyShards();
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
    copyShards();
    Path chunk = store.resolve("shards/shard-000001/oracle/reference_pose_world_rig/c/1/0");
    Files.write(chunk, new byte[] {1, 2, 3});

    assertThat(problems())
        .filteredOn(line -> line.contains("oracle/reference_pose_world_rig/c/1/0"))
        .hasSize(1);
  }

  @Test
  void aFileInPlaceOfAShardIsRefused() throws IOException {
    copyShards();
    Path shard = store.resolve("shards/shard-000001");
    Files.move(shard, folder.resolve("elsewhere"));
    Files.writeString(shard, "no folder");

    assertThat(problems())
        .contains(
            "Cannot read VIN store: a file stands where a folder belongs (file="
                + shard.toRealPath()
                + ")");
  }

  @Test
  void aLinkOutOfTheStoreIsNotFollowed() throws IOException {
    copyShards();
    Path outside = Files.write(folder.resolve("secret"), new byte[] {1});
    Path chunk = store.resolve("shards/shard-000000/oracle/reference_pose_world_rig/c/0/0");
    Files.delete(chunk);
    Files.createSymbolicLink(chunk, outside);

    assertThat(problems())
        .anyMatch(line -> line.startsWith("Cannot read VIN store: a link leads out of it"));
  }

  @Test
  void aRepeatedShardIsOneProblemAmongOthers() throws IOException {
    replace("manifest.json", "\"shard_id\":\"shard-000002\"", "\"shard_id\":\"shard-000001\"");
    String file = ", file=" + store.toRealPath().resolve("manifest.json") + ")";
    assertThat(problems())
        .contains(
            "Invalid VIN manifest: shards[2]: repeated shard-000001 (expected each shard once"
                + file)
        .anyMatch(
            line -> line.contains("shard_id: shard-000002 (expected a shard of the manifest"));
  }

  @Test
  void anUnreadableSplitIsOneProblemAndItsRowsAreNone() throws IOException {
    Files.writeString(store.resolve("splits/train.npy"), "no array");
    assertThatThrownBy(this::open)
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid NPY file: no NPY file of version 1 (expected one axis of '<i8', file="
                + store.toRealPath().resolve("splits/train.npy")
                + ")");
  }

  @Test
  void aFileInPlaceOfAnArrayHidesNoOtherProblem() throws IOException {
    copyShards();
    Path array = store.resolve("shards/shard-000001/oracle/rri");
    Files.move(array, folder.resolve("elsewhere"));
    Files.writeString(array, "no folder");
    Files.delete(store.resolve("shards/shard-000002/gt__obb_sem_id_to_name.offsets.npy"));
    assertThat(problems())
        .contains(
            "Cannot read VIN store: a file stands where a folder belongs (file="
                + array.toRealPath()
                + ")")
        .anyMatch(line -> line.contains("shard-000002/gt__obb_sem_id_to_name.offsets.npy"));
  }

  @Test
  void anUnknownCodecIsNamedWithoutTheLibrary() throws IOException {
    copyShards();
    Path array = store.resolve("shards/shard-000000/vin/t_world_rig");
    replace("shards/shard-000000/vin/t_world_rig/zarr.json", "zstd", "lz9");
    assertThat(problems())
        .contains(
            "Cannot open array: unknown codec lz9 (array=vin/t_world_rig, store="
                + array.getParent().getParent().toRealPath()
                + ")");
  }
}
