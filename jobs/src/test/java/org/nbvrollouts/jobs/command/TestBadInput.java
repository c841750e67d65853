package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong input of each kind: one clear message, the exit code of its kind, and nothing written. */
class TestBadInput {
  @TempDir static Path shared;
  private static Path source;
  private static Path config;
  private static Path manifest;

  @TempDir Path folder;
  private List<Path> before;

  @BeforeAll
  static void plan() throws IOException {
    source = TinySource.write(shared.resolve("source"));
    config = TinySource.config(shared.resolve("tiny.toml"));
    manifest = shared.resolve("shards.jsonl");
    assertThat(plan(config, source, manifest).exitCode()).isZero();
  }

  @BeforeEach
  void remember() throws IOException {
    before = files();
  }

  @Test
  void anUnknownKey() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong.toml"), "min_valid_root_candidate = 3\n");
    before = files();
    CommandLineRun run = plan(wrong, source, folder.resolve("plan.jsonl"));
    assertRefused(
        run,
        "Unknown key: min_valid_root_candidate (did you mean min_valid_root_candidates?, file="
            + wrong
            + ", line=1)");
  }

  @Test
  void aLayoutThatThereIsNotLeavesNoTrace() throws IOException {
    Path manifest = folder.resolve("plan.jsonl");
    assertThat(plan(config, source, manifest).exitCode()).isZero();
    before = files();
    assertUsage(
        run(config, manifest, folder.resolve("stores"), "--layout", "odd"),
        "Invalid --layout: odd (expected auto, directory or packed)");
  }

  @Test
  void cropsWiderThanAStoreHolds() throws IOException {
    Path wrong =
        Files.writeString(
            folder.resolve("wrong.toml"),
            "[store]\ntarget_eval_crops_enabled = true\ntarget_eval_crop_max_points = 200000000\n");
    before = files();
    assertRefused(
        plan(wrong, source, folder.resolve("plan.jsonl")),
        "Invalid store.target_eval_crop_max_points: 200000000 (expected at most 89478485, which is"
            + " 1 GiB per crop, file="
            + wrong
            + ")");
  }

  @Test
  void aFileWithSeveralProblemsAndContradictingKeys() throws IOException {
    Path wrong =
        Files.writeString(
            folder.resolve("wrong.toml"),
            "require_label_valid = 1\n[candidate_mixture.base]\nmax_radius = 0.1\nkapa = 2\n");
    before = files();
    assertRefused(
        plan(wrong, source, folder.resolve("plan.jsonl")),
        "Invalid require_label_valid: 1 (expected true or false, file="
            + wrong
            + ", line=1)\n"
            + "Invalid candidate_mixture.base.max_radius: 0.1 (expected at least min_radius, which"
            + " is 0.25, file="
            + wrong
            + ", line=3)\n"
            + "Unknown key: candidate_mixture.base.kapa (did you mean candidate_mixture.base.kappa?,"
            + " file="
            + wrong
            + ", line=4)");
  }

  @Test
  void aDeviceInPlaceOfAPlan() throws IOException {
    Path device = Path.of("/dev/null");
    String refusal =
        "Cannot use plan: a pipe or a device stands there (expected a regular file, file="
            + device
            + ")";
    assertRefused(plan(config, source, device), refusal);
    assertRefused(run(config, device, folder.resolve("stores")), refusal);
    assertThat(Files.isRegularFile(device)).isFalse();
  }

  @Test
  void anAbsentSource() throws IOException {
    Path absent = folder.resolve("absent");
    assertRefused(
        plan(config, absent, folder.resolve("plan.jsonl")),
        "Cannot read source: no such folder (folder=" + absent + ")");
  }

  @Test
  void anEmptyFolderAsSource() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    before = files();
    CommandLineRun run = plan(config, empty, folder.resolve("plan.jsonl"));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains(empty.toString()).contains("manifest.json");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aFlagOutOfItsRangeIsAUsageError() throws IOException {
    Path stores = folder.resolve("stores");
    assertUsage(
        planWith("--rows-per-shard", 0), "Invalid --rows-per-shard: 0 (expected at least 1)");
    assertUsage(
        planWith("--rows-per-shard", 1, "--group-by", "house"),
        "Invalid grouping: house (expected none or scene)");
    assertUsage(
        run(config, manifest, stores, "--parallelism", 0),
        "Invalid --parallelism: 0 (expected at least 1)");
    assertUsage(
        run(config, manifest, stores, "--shard-id", "../x"),
        "Invalid shard id: ../x (expected digits, or 'shard-' and digits, such as 7 or"
            + " shard-000007)");
    assertUsage(
        CommandLineRun.of("source", "make", "--scenes", 0, "--out", folder.resolve("homes")),
        "Invalid number of scenes: 0 (expected 1 to 1000000)");
  }

  @Test
  void aPasswordInAnAddressIsNeverRepeated() throws IOException {
    String address = "s3a://AKIA:hid/den@bucket/x";
    Path endpoint =
        Files.writeString(
            folder.resolve("wrong.toml"), "[storage]\ns3_endpoint = \"http://a:hidden@b:9000\"\n");
    before = files();
    Path plan = folder.resolve("plan.jsonl");
    for (CommandLineRun refused :
        new CommandLineRun[] {
          CommandLineRun.of(
              "plan", "--source", address, "--output-manifest", plan, "--rows-per-shard", 1),
          CommandLineRun.of("status", "--shard-manifest", address, "--final-root", folder),
          CommandLineRun.of("status", "--shard-manifest", manifest, "--final-root", address),
          CommandLineRun.of("store", "pack", address, "--out", plan),
          CommandLineRun.of("info", "--store", address),
          plan(endpoint, source, plan),
          CommandLineRun.run(config, manifest, address)
        }) {
      assertThat(refused.exitCode()).as(refused.err()).isIn(3, 64);
      assertThat(refused.err()).isNotEmpty().doesNotContain("hid/").doesNotContain("hidden@");
      assertThat(refused.out()).isEmpty();
    }
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aFileOfAHostIsNoFolderHere() throws IOException {
    assertUsage(
        CommandLineRun.run(config, manifest, "file://host/stores"),
        "Invalid --final-root: it is a file of a host (expected a plain path, or file:/// and a"
            + " path)");
  }

  @Test
  void aShardThatIsNotPlanned() throws IOException {
    assertRefused(
        run(config, manifest, folder.resolve("stores"), "--shard-id", 99),
        "Cannot find shard: not in the manifest (shard=shard-000099, file=" + manifest + ")");
  }

  @Test
  void aFileWhereAFolderBelongs() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    before = files();
    assertRefused(
        run(config, manifest, file),
        "Cannot use final root: a file stands there (expected a folder, folder="
            + file
            + ", file="
            + file
            + ")");
    assertRefused(
        CommandLineRun.of("demo", "--out", file.resolve("demo")),
        "Cannot use output folder: a file stands there (expected a folder, folder="
            + file.resolve("demo")
            + ", file="
            + file
            + ")");
    assertRefused(
        plan(config, source, file.resolve("plan.jsonl")),
        "Cannot use folder of plan: a file stands there (expected a folder, folder="
            + file
            + ", file="
            + file
            + ")");
  }

  @Test
  void aFolderWhereAPictureBelongs() throws IOException {
    assertRefused(
        CommandLineRun.of("info", "--store", source, "--depth-picture", folder),
        "Cannot use depth picture: a folder stands there (expected a file, file=" + folder + ")");
  }

  @Test
  void aPlanThatLostItsLastLine() throws IOException {
    List<String> lines = Files.readAllLines(manifest);
    assertThat(lines).hasSizeGreaterThan(1);
    Path cut = Files.write(folder.resolve("shards.jsonl"), lines.subList(0, lines.size() - 1));
    Files.copy(manifest.resolveSibling("campaign.json"), folder.resolve("campaign.json"));
    before = files();
    assertRefused(
        run(config, cut, folder.resolve("stores")),
        "Invalid plan: its lines are not those that campaign.json beside it describes (expected "
            + lines.size()
            + " shards, file="
            + cut
            + "). Restore the plan or plan again; to run a part of it as a campaign of its own,"
            + " copy it to another folder");
  }

  @Test
  void aDemoInAFolderOfSomebodyElse() throws IOException {
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.tex"), "precious");
    before = files();
    assertRefused(
        CommandLineRun.of("demo", "--out", foreign),
        "Cannot put the demo here: the folder holds something else (folder="
            + foreign
            + ", file=thesis.tex). Choose a new or empty folder");
  }

  @Test
  void aFolderWhereAPlanBelongs() throws IOException {
    String message =
        "Cannot use plan: a folder stands there (expected a file, file=" + folder + ")";
    assertRefused(plan(config, source, folder), message);
    assertRefused(run(config, folder, folder.resolve("stores")), message);
  }

  @Test
  void aPlanWithoutAShard() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.jsonl"), "");
    before = files();
    assertRefused(
        run(config, empty, folder.resolve("stores")),
        "Cannot use plan: it has no shard (expected at least 1, file=" + empty + ")");
  }

  @Test
  void aSourceThatMovedAway() throws IOException {
    Path moved = folder.resolve("moved");
    Path plan =
        Files.writeString(
            folder.resolve("plan.jsonl"),
            Files.readString(manifest)
                .replace(source.toRealPath().toString(), moved.toAbsolutePath().toString()));
    before = files();
    assertRefused(
        run(config, plan, folder.resolve("stores")),
        "Cannot open source: no manifest.json (expected a folder of rollout source v1, folder="
            + moved
            + ")");
  }

  @Test
  void aFinalRootWithinItsSource() throws IOException {
    Path own = TinySource.write(folder.resolve("own"));
    Path plan = folder.resolve("plan.jsonl");
    assertThat(plan(config, own, plan).exitCode()).isZero();
    before = files();
    assertRefused(
        run(config, plan, own.resolve("a/stores")),
        "Cannot run campaign: its final root lies in its source, which must not change (final_root="
            + own.resolve("a/stores")
            + ", source="
            + own.toRealPath()
            + "). Choose a folder elsewhere");
  }

  @Test
  void anotherSourceThanThePlans() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    TinySource.write(other, 12);
    before = files();
    CommandLineRun run = run(config, manifest, folder.resolve("stores"), "--source", other);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("Cannot run plan: its source changed (expected=")
        .contains("source=" + other.toRealPath() + ", plan=" + manifest);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aConfigurationNestedWithoutEnd() throws IOException {
    Path deep =
        Files.writeString(
            folder.resolve("deep.toml"), "a = " + "[".repeat(50_000) + "]".repeat(50_000) + "\n");
    before = files();
    assertRefused(
        plan(deep, source, folder.resolve("plan.jsonl")),
        "Invalid TOML: nested too deep to be read (file=" + deep + ")");
  }

  @Test
  void aShardIdThatLeavesTheFolder() throws IOException {
    String text = Files.readString(manifest).replaceFirst("shard-000000", "../escaped");
    Path evil = Files.writeString(folder.resolve("evil.jsonl"), text);
    before = files();
    CommandLineRun run = run(config, evil, folder.resolve("stores"));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("../escaped").contains("line=1");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aFinalRootOfSomethingElse() throws IOException {
    Path root = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(root.resolve("holiday.jpg"), "not ours");
    before = files();
    CommandLineRun run = run(config, manifest, root);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("Cannot use output folder: it holds files of something else")
        .contains("holiday.jpg");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aPlanOfAnotherConfiguration() throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("other.toml"),
            Files.readString(config).replace("count = 6", "count = 7"));
    before = files();
    CommandLineRun run = run(other, manifest, folder.resolve("stores"));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("Cannot run plan: it was made with another configuration (expected=cfg1:");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aPlanThatIsNotThere() throws IOException {
    Path absent = folder.resolve("absent.jsonl");
    assertRefused(
        run(config, absent, folder.resolve("stores")),
        "Cannot read plan: no such file (file=" + absent + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fly", "run", "run --final-root x", "info --stor x"})
  void aWrongCommandLineIsAUsageError(String line) throws IOException {
    Object[] words = line.isEmpty() ? new Object[0] : line.split(" ", -1);
    CommandLineRun run = CommandLineRun.of(words);
    assertThat(run.exitCode()).isEqualTo(64);
    assertThat(run.err()).contains("--help' lists the options");
    assertThat(run.err().lines().count()).isEqualTo(2);
    assertThat(files()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "source",
        "source make",
        "source import",
        "source describe",
        "source check",
        "plan",
        "run",
        "build",
        "status",
        "info",
        "explain"
      })
  void everyCommandExplainsItselfWithAnExample(String command) {
    CommandLineRun run = CommandLineRun.of((Object[]) (command + " --help").split(" ", -1));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Example").contains("nbv-rollouts " + command);
  }

  private void assertRefused(CommandLineRun run, String message) throws IOException {
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err().strip()).isEqualTo(message);
    assertThat(files()).isEqualTo(before);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }

  private static CommandLineRun plan(Path config, Path source, Path manifest) {
    return CommandLineRun.plan(config, source, manifest, 2);
  }

  private CommandLineRun planWith(Object... more) {
    return commandWith(
        List.of(
            "plan",
            "--config",
            config,
            "--source",
            source,
            "--output-manifest",
            folder.resolve("plan.jsonl")),
        more);
  }

  private static CommandLineRun run(Path config, Path manifest, Path root, Object... more) {
    return commandWith(
        List.of(
            "run",
            "--config",
            config,
            "--shard-manifest",
            manifest,
            "--final-root",
            root,
            "--allow-dirty-build"),
        more);
  }

  private static CommandLineRun commandWith(List<?> words, Object... more) {
    return CommandLineRun.of(Stream.concat(words.stream(), Stream.of(more)).toArray());
  }

  private void assertUsage(CommandLineRun run, String message) throws IOException {
    assertThat(run.exitCode()).isEqualTo(64);
    assertThat(run.err().strip()).isEqualTo(message);
    assertThat(files()).isEqualTo(before);
  }
}
