package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.ErrorCode;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.zarr.MemoryStoreFiles;
import org.nbvrollouts.store.zarr.StoreEditor;
import org.nbvrollouts.store.zarr.TableStores;

/** What {@code info} and {@code store} say to a place that is no store, or a broken one. */
class TestForeignStores {
  private static final MemoryStoreFiles EXAMPLE = example();

  private static final int REFUSED = ErrorCode.REFUSED_INPUT.exitStatus();

  @TempDir Path folder;

  private static MemoryStoreFiles example() {
    MemoryStoreFiles files = new MemoryStoreFiles();
    TableStores.write(
        files,
        RolloutTables.of(WorkedExample.records(), WorkedExample.config(), WorkedExample.context()));
    return files;
  }

  private static void assertSaid(CommandLineRun run, int exitCode, String... words) {
    assertThat(run.err()).contains(words).doesNotContain("Internal error", "Exception", "\tat ");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
  }

  private static CommandLineRun info(Object store) {
    return CommandLineRun.of("info", "--store", store);
  }

  @Test
  void emptyArgumentsAreMistakesOfTheCommandLine() {
    assertSaid(info(""), ExitCode.USAGE, "Invalid --store: '' (expected a path or address)");
    assertSaid(
        CommandLineRun.of("status", "--shard-manifest", "plan.jsonl", "--final-root", " "),
        ExitCode.USAGE,
        "Invalid --final-root: ' '");
    assertSaid(
        CommandLineRun.of("store", "pack", folder, "--out", ""),
        ExitCode.USAGE,
        "'--out'",
        "it is empty (expected a path)");
    assertSaid(
        CommandLineRun.of("store", "unpack", "", "--out", "x"), ExitCode.USAGE, "it is empty");
  }

  @Test
  void aStoreThatDoesNotSayWhatItWasMadeFromListsItsCandidates() {
    Path store = folder.resolve("store.zarr");
    EXAMPLE.saveTo(store);
    CommandLineRun list =
        CommandLineRun.of("explain", "--store", store, "--rollout", 0, "--step", 0, "--list");
    assertThat(list.exitCode()).as(list.err()).isZero();
    assertThat(list.out()).contains(", step 0, as stored");
    assertSaid(
        CommandLineRun.of("explain", "--store", store, "--rollout", 0, "--candidate", 0),
        REFUSED,
        "Cannot trace store: it does not say what it was made from");
  }

  @Test
  void addressesThatNoStoreCanHaveAreRefused() {
    for (String scheme : List.of("http", "https", "ftp", "sftp")) {
      assertSaid(
          info(scheme + "://localhost:1/x"),
          REFUSED,
          "Cannot use location: " + scheme + " is no storage for stores (expected a local path,");
    }
    assertSaid(info("hdfs:///x"), REFUSED, "it names no name node (expected hdfs://host");
    assertSaid(info("s3a:///x"), REFUSED, "it names no bucket (expected s3a://bucket");
    assertSaid(info("s3://b/x"), REFUSED, "; say s3a://");
    assertSaid(info("FILE:///x"), REFUSED, "; schemes are written in small letters");
  }

  @Test
  void aStoreOfZarrTwoIsNamed() throws IOException {
    Files.writeString(folder.resolve(".zgroup"), "{\"zarr_format\": 2}");
    assertSaid(
        info(folder),
        REFUSED,
        "a Zarr 2 store is here, and rollout stores are Zarr 3",
        folder.toString());
  }

  @Test
  void aGroupOfSomethingElseIsNoRolloutStore() throws IOException {
    Files.writeString(
        folder.resolve("zarr.json"),
        "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {}}");
    assertSaid(
        info(folder),
        ExitCode.INVALID,
        "Cannot read store: it is no rollout store of this schema (schema_version=null,"
            + " expected=1.0-target-rollout-core",
        folder.toString());
    assertThat(CommandLineRun.of("info", "--store", folder, "--validate").exitCode())
        .isEqualTo(ExitCode.INVALID);
  }

  @Test
  void tablesThatDoNotFitTogetherAreNamed() {
    Map<String, Consumer<StoreEditor>> damages = new LinkedHashMap<>();
    damages.put(
        "a step names candidate 77, which is nowhere",
        store -> store.set("steps/selected_candidate_row_id", 0, 77));
    damages.put(
        "a step names rollout 9, which is nowhere",
        store -> store.set("steps/rollout_row_id", 0, 9));
    damages.put(
        "candidates/target_root_gain is float32 of shape [5], expected float32 of shape [6]",
        store -> store.reshape("candidates/target_root_gain", 5));
    damages.put(
        "steps/step_index is float64 of shape [2], expected int16 of shape [2]",
        store -> store.retype("steps/step_index", ElementType.FLOAT64));
    damages.put(
        "Cannot read array: there is none (array=candidates/actor_action_mask",
        store -> store.remove("candidates/actor_action_mask"));
    int number = 0;
    for (Map.Entry<String, Consumer<StoreEditor>> damage : damages.entrySet()) {
      MemoryStoreFiles files = EXAMPLE.copy();
      damage.getValue().accept(new StoreEditor(files));
      Path store = folder.resolve("store " + number++);
      files.saveTo(store);
      for (CommandLineRun run :
          List.of(info(store), CommandLineRun.of("info", "--store", store, "--json"))) {
        assertSaid(run, ExitCode.INVALID, damage.getKey(), store.toString());
      }
      CommandLineRun judged = CommandLineRun.of("info", "--store", store, "--validate");
      assertThat(judged.exitCode()).isEqualTo(ExitCode.INVALID);
      assertThat(judged.out()).contains("Invalid: ");
    }
  }

  @Test
  void nothingIsPackedIntoTheStoreItself() {
    Path store = folder.resolve("store");
    EXAMPLE.saveTo(store);
    assertSaid(
        CommandLineRun.of("store", "pack", store, "--out", store.resolve("x/store.zip")),
        REFUSED,
        "Cannot convert store: the result would lie in it (store=" + store,
        "Choose a place beside it");
    assertThat(store.resolve("x")).doesNotExist();
  }

  @Test
  void namesInAnyLanguageAreNames() {
    Path store = folder.resolve("ä 日本 \ud83d\ude00 store");
    EXAMPLE.saveTo(store);
    CommandLineRun packed =
        CommandLineRun.of("store", "pack", store, "--out", folder.resolve("ö 1.zip"));
    assertThat(packed.exitCode()).as(packed.err()).isZero();
    CommandLineRun judged =
        CommandLineRun.of("info", "--store", folder.resolve("ö 1.zip"), "--validate");
    assertThat(judged.exitCode()).as(judged.err()).isZero();
    assertThat(judged.out()).contains("ö 1.zip", "Valid: all 88 checks and the strict extras pass");
  }
}
