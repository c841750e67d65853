package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nbvrollouts.store.audit.AuditedExample;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.zarr.RolloutZarrStoreWriter;
import org.nbvrollouts.store.zarr.StoreLayout;

/** {@code audit steps}, {@code tree}, {@code depth}, {@code depth-preview}, {@code inventory}. */
class TestAuditStepViews {
  @TempDir private Path folder;
  private Path store;

  @BeforeEach
  void save() {
    store = folder.resolve("stores/example.zarr");
    AuditedExample.store().files().saveTo(store);
  }

  private Path withDepth(StoreLayout layout) {
    Path place = folder.resolve("stores/depth-" + layout.text());
    new RolloutZarrStoreWriter(WorkedExample.config())
        .write(place, layout, WorkedExample.records(), WorkedExample.context());
    return place;
  }

  private static CommandLineRun audit(Path place, Object... arguments) {
    return CommandLineRun.of(
        Stream.concat(
                Stream.of("audit", arguments[0], "--store", place), Stream.of(arguments).skip(1))
            .toArray());
  }

  private static Map<String, Object> json(CommandLineRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return JsonParser.parseObject(run.out().getBytes(StandardCharsets.UTF_8), "output");
  }

  private Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve("stores"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(
            file.toString(),
            Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return content;
  }

  @ParameterizedTest
  @EnumSource(StoreLayout.class)
  void everyViewPrintsATableAndChangesNothing(StoreLayout layout) throws IOException {
    Path place = withDepth(layout);
    Map<String, String> before = content();
    for (String view : List.of("steps", "tree", "depth", "inventory")) {
      CommandLineRun run = audit(place, view);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out().lines()).as(view).hasSizeGreaterThan(2);
      assertThat(run.out()).doesNotContain("NaN", "null");
      assertThat(json(audit(place, view, "--json")))
          .containsKeys("store", "columns", "rows")
          .containsEntry("truncated", false);
    }
    assertThat(audit(place, "depth-preview", "--step", 1).out())
        .contains("available", "true", "stride", "[2, 4]");
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void limitsSayWhatTheyLeaveOut() {
    assertThat(audit(store, "steps", "--limit", 1).out())
        .endsWith("\n2 rows left out of 3; --limit shows more, --json all\n");
    assertThat(audit(store, "tree", "--limit", 2).out())
        .endsWith("\n1 row left out of 3; --limit shows more, --json all\n");
    assertThat(audit(store, "steps", "--rollout", 4).out()).isEqualTo("No row\n");
    assertThat(json(audit(store, "depth", "--json", "--limit", 0)))
        .containsEntry("total_rows", 3L)
        .containsEntry("truncated", true)
        .containsEntry("rows", List.of());
  }

  @Test
  void aStepWithoutAnImageSaysWhyAndIsNotDrawn() {
    assertThat(audit(store, "depth", "--step", 10).out()).contains("the step has 0 depth rows");
    Path picture = folder.resolve("step.png");
    CommandLineRun run = audit(store, "depth-preview", "--step", 10, "--picture", picture);
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).startsWith("Cannot draw depth image: the step has 0 depth rows, not 1");
    assertThat(picture).doesNotExist();
  }

  @Test
  void aPreviewIsDrawnWithNearBrightAndUnmeasuredTransparent() throws IOException {
    Path picture = folder.resolve("step.png");
    CommandLineRun run =
        audit(withDepth(StoreLayout.PACKED), "depth-preview", "--step", 0, "--picture", picture);

    assertThat(run.exitCode()).as(run.err()).isZero();
    BufferedImage drawn = ImageIO.read(picture.toFile());
    assertThat(drawn.getWidth()).isEqualTo(4);
    assertThat(drawn.getHeight()).isEqualTo(2);
    assertThat(drawn.getRaster().getSample(0, 0, 0)).isEqualTo(255);
    assertThat(drawn.getRGB(0, 0) >>> 24).isEqualTo(255);
    assertThat(drawn.getRGB(3, 1) >>> 24).isZero();
  }

  @Test
  void theInventoryListsWhatIsBelowAFolderInAnyState() throws IOException {
    withDepth(StoreLayout.PACKED);
    Path broken = folder.resolve("stores/broken.zarr");
    Files.createDirectories(broken);
    Files.writeString(broken.resolve("zarr.json"), "{");

    CommandLineRun run = audit(folder.resolve("stores"), "inventory", "--validate");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("current", "unreadable", "failed", "ok", "oracle_greedy");
    assertThat(
            json(audit(folder, "inventory", "--json", "--pattern", "**/broken*")).get("total_rows"))
        .isEqualTo(1L);
    assertThat(audit(folder.resolve("nowhere"), "inventory").exitCode()).isEqualTo(3);
    CommandLineRun malformed = audit(folder, "inventory", "--pattern", "[x");
    assertThat(malformed.exitCode()).isEqualTo(64);
    assertThat(malformed.err()).contains("Cannot look for stores: ", "pattern=[x");
    assertThat(audit(broken, "inventory", "--json").out())
        .contains("\"schema_status\":\"unreadable\"");
  }

  @Test
  void aDamagedTableIsInvalidContent() throws IOException {
    Files.writeString(store.resolve("steps/step_index/zarr.json"), "{");

    CommandLineRun run = audit(store, "steps");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("steps/step_index/zarr.json");
  }
}
