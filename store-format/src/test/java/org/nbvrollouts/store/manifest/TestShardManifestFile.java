package org.nbvrollouts.store.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.json.CanonicalJson;

/** The streaming reader says of every file what the parser says that holds it as a whole. */
class TestShardManifestFile {
  private static final List<RolloutShardEntry> ENTRIES = ManifestFixtures.oneRowEntries(300);

  @TempDir private Path folder;

  @Test
  void itSumsUpWhatTheParserReads() throws IOException {
    ShardManifest manifest = ShardManifest.of("m", ENTRIES);
    ShardManifestFile plan = ShardManifestFile.open(write(manifest.toBytes()));
    assertThat(plan.shards()).isEqualTo(300);
    assertThat(plan.rows()).isEqualTo(manifest.numRows());
    assertThat(plan.mostRows()).isEqualTo(1);
    assertThat(plan.sha256()).isEqualTo(CanonicalJson.sha256Hex(manifest.toBytes()));
    assertThat(plan.campaignId()).isEqualTo(ManifestFixtures.campaignIdOf(manifest));
    assertThat(plan.first()).hasValue(ENTRIES.get(0));
    assertThat(plan.sourceDirs()).containsExactly(ENTRIES.get(0).sourceStoreDir());
    assertThat(plan.entries()).containsExactlyElementsOf(ENTRIES);
    assertThat(plan.entry("shard-000123")).isEqualTo(ENTRIES.get(123));
    assertThatThrownBy(() -> plan.entry("shard-999999"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Cannot find shard: not in the manifest (shard=shard-999999");
  }

  @Test
  void anEmptyFileIsAnEmptyPlan() throws IOException {
    ShardManifestFile plan = ShardManifestFile.open(write(new byte[0]));
    assertThat(plan.shards()).isZero();
    assertThat(plan.first()).isEmpty();
    assertThat(plan.campaignId())
        .isEqualTo(ManifestFixtures.campaignIdOf(ShardManifest.of("m", List.of())));
  }

  @Test
  void aPartHasLinesOfTheWholeInAnyOrder() throws IOException {
    Path whole = Files.write(folder.resolve("whole.jsonl"), lines());
    List<String> some = new ArrayList<>(lines().subList(17, 250));
    Collections.shuffle(some, new Random(7));
    assertThat(part(some).isPartOf(whole)).isTrue();
    assertThat(part(lines()).isPartOf(whole)).isTrue();
    assertThat(part(List.of()).isPartOf(whole)).isTrue();
    Path shorter = Files.write(folder.resolve("shorter.jsonl"), lines().subList(0, 299));
    assertThat(part(lines()).isPartOf(shorter)).isFalse();
    some.set(5, some.get(5).replace("\"source_store_dir\": \"", "\"source_store_dir\": \"x"));
    assertThat(part(some).isPartOf(whole)).isFalse();
  }

  private ShardManifestFile part(List<String> lines) throws IOException {
    return ShardManifestFile.open(Files.write(folder.resolve("part.jsonl"), lines));
  }

  @Test
  void aDraftIsRefusedUnderItsOwnName() throws IOException {
    Path draft = write("{}\n");
    assertThatThrownBy(() -> ShardManifestFile.open(draft, "plans/shards.jsonl"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining("(file=plans/shards.jsonl)")
        .hasMessageContaining("file=plans/shards.jsonl, line=1")
        .hasMessageNotContaining(draft.toString());
  }

  @Test
  void repeatedShardsAndRowsAreFoundFarApart() throws IOException {
    List<String> lines = new ArrayList<>(lines());
    lines.add(lines.get(7));
    assertSameRefusal(String.join("\n", lines));
  }

  @Test
  void everyLineIsCheckedAgainstTheFirst() throws IOException {
    List<String> lines = new ArrayList<>(lines());
    lines.set(
        250,
        lines
            .get(250)
            .replaceFirst(
                "\"writer_config_hash\": \"[^\"]*\"",
                "\"writer_config_hash\": \"0000000000000000\""));
    lines.set(251, lines.get(251).replaceFirst("\"num_rows\": 1", "\"num_rows\": 2"));
    lines.set(252, "{");
    assertSameRefusal(String.join("\n", lines));
  }

  @Test
  void blankLinesAndAMissingLastEndChangeNothing() throws IOException {
    ShardManifestFile plan =
        ShardManifestFile.open(write("\n" + String.join("\n\r\n", lines().subList(0, 3))));
    assertThat(plan.shards()).isEqualTo(3);
    assertThat(plan.sha256())
        .isEqualTo(CanonicalJson.sha256Hex(ShardManifest.of("m", ENTRIES.subList(0, 3)).toBytes()));
  }

  @Test
  void anAbsentPlanIsNamed() {
    assertThatThrownBy(() -> ShardManifestFile.open(folder.resolve("none")))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Cannot read plan: no such file (file=" + folder.resolve("none") + ")");
  }

  @Test
  void aPlanThatShrinksWhileItIsReadIsNotTakenForAWhole() throws IOException {
    Path file = write(ShardManifest.of("m", ENTRIES).toBytes());
    ShardManifestFile plan = ShardManifestFile.open(file);
    Files.writeString(file, "{\n");
    assertThatThrownBy(() -> plan.entries().iterator())
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining("it changed while it was in use");
  }

  private static List<String> lines() {
    return ShardManifest.of("m", ENTRIES).lines().stream().map(ShardManifest.Line::text).toList();
  }

  private void assertSameRefusal(String text) throws IOException {
    Path file = write(text);
    List<String> expected =
        refusal(() -> ShardManifestParser.parse(Files.readAllBytes(file), file.toString()));
    List<String> found = refusal(() -> ShardManifestFile.open(file));
    Collections.sort(expected);
    Collections.sort(found);
    assertThat(found).hasSizeGreaterThan(1).isEqualTo(expected);
  }

  private static List<String> refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
    Throwable thrown = catchThrowable(read);
    assertThat(thrown).isInstanceOf(RefusedInputException.class);
    return new ArrayList<>(thrown.getMessage().lines().toList());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("m.jsonl"), text);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("m.jsonl"), bytes);
  }
}
