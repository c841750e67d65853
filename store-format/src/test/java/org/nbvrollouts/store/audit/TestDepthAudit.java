package org.nbvrollouts.store.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.rollout.RandomRollouts;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.table.TypedArrayBuilder;
import org.nbvrollouts.store.zarr.MemoryStoreFiles;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.RolloutZarrStoreWriter;
import org.nbvrollouts.store.zarr.StoreEditor;
import org.nbvrollouts.store.zarr.StoreLayout;
import org.nbvrollouts.store.zarr.TableStores;

class TestDepthAudit {
  /** Relative rounding of a sum of sixteen doubles. */
  private static final double ROUNDING = 1e-14;

  @TempDir private Path temporary;

  /** Two steps with images of two rows and four columns. */
  private static MemoryStoreFiles example() {
    MemoryStoreFiles files = new MemoryStoreFiles();
    TableStores.write(
        files,
        RolloutTables.of(WorkedExample.records(), WorkedExample.config(), WorkedExample.context()));
    return files;
  }

  private static AuditRows rows(StoreEditor editor) {
    return DepthAudit.selectedDepthSummaryRows(
        RolloutZarrStoreReader.open(editor.files()), AuditQuery.ALL);
  }

  @Test
  void imagesAreCountedWithinTheirMask() {
    AuditRows rows = rows(new StoreEditor(example()));

    assertThat(rows.rows().get(0).values())
        .containsEntry("step_row_id", 0L)
        .containsEntry("candidate_row_id", 2L)
        .containsEntry("available", true)
        .containsEntry("valid_pixels", 7L)
        .containsEntry("finite_pixels", 7L)
        .containsEntry("pixel_count", 8L)
        .containsEntry("valid_fraction", 0.875)
        .containsEntry("depth_min_m", 1.5)
        .containsEntry("depth_mean_m", 1.5)
        .containsEntry("depth_max_m", 1.5)
        .containsEntry("image_height", 2L)
        .containsEntry("image_width", 4L)
        .containsEntry("focal_x_px", 2.0)
        .containsEntry("principal_y_px", 1.0)
        .containsEntry("warning", "")
        .containsEntry("warning_code", "")
        .containsEntry("selected_position", "lateral_target_bypass")
        .containsEntry("selected_target_root_gain", (double) 0.2f);
    assertThat(rows.rows().get(1).get("depth_mean_m")).isEqualTo(2.25);
    assertThat(rows.columns()).isEqualTo(List.copyOf(rows.rows().get(0).values().keySet()));
  }

  @Test
  void anImageWithoutAFinitePixelIsAvailableAndHasNoDepth() {
    StoreEditor editor = new StoreEditor(example());
    for (int pixel = 0; pixel < 8; pixel++) {
      editor.set("selected_depth/depth_m", pixel, Double.NaN);
    }

    assertThat(rows(editor).rows().get(0).values())
        .containsEntry("available", true)
        .containsEntry("valid_pixels", 7L)
        .containsEntry("finite_pixels", 0L)
        .containsEntry("depth_min_m", null)
        .containsEntry("depth_mean_m", null);
  }

  private static void isUnavailable(Consumer<StoreEditor> change, String code, String warning) {
    MemoryStoreFiles files = example();
    StoreEditor editor = new StoreEditor(files);
    change.accept(editor);

    AuditRow row = rows(editor).rows().get(0);
    assertThat(row.get("warning_code")).isEqualTo(code);
    assertThat((String) row.get("warning")).contains(warning);
    assertThat(row.values())
        .containsEntry("available", false)
        .containsEntry("pixel_count", null)
        .containsEntry("focal_x_px", null)
        .containsEntry("selected_position", "lateral_target_bypass");
    SelectedDepthPreview preview =
        DepthAudit.selectedDepthPreview(RolloutZarrStoreReader.open(files), 0);
    assertThat(preview.isAvailable()).isFalse();
    assertThat(preview.warning()).isEqualTo(row.get("warning"));
    assertThat(preview.toJson()).containsEntry("depth_m", null).containsEntry("stride", null);
  }

  @Test
  void everyReasonHasItsOwnCodeAndText() {
    isUnavailable(
        store -> store.root("selected_depth_enabled", false), "disabled", "keeps no depth images");
    isUnavailable(
        store -> store.remove("selected_depth"), "missing_table", "no table selected_depth");
    isUnavailable(
        store -> store.remove("selected_depth/focal_px"),
        "missing_column",
        "selected_depth has no focal_px");
    isUnavailable(
        store -> store.set("selected_depth/step_row_id", 0, 1), "row_count", "0 depth rows, not 1");
    isUnavailable(
        store -> store.set("selected_depth/step_row_id", 1, 0), "row_count", "2 depth rows, not 1");
    isUnavailable(
        store -> store.set("selected_depth/candidate_row_id", 0, 1),
        "candidate_mismatch",
        "that of candidate 1, the step chose 2");
    isUnavailable(
        store -> store.reshape("selected_depth/valid_mask", 2, 4, 2),
        "shape_mismatch",
        "[2, 2, 4] and its mask of shape [2, 4, 2]");
    isUnavailable(
        store -> store.reshape("selected_depth/focal_px", 2, 3),
        "camera_metadata",
        "focal_px is of shape [2, 3]");
    isUnavailable(
        store -> store.set("selected_depth/image_size_hw", 0, 3),
        "image_size_mismatch",
        "2 x 4, its table says 3 x 4");
    isUnavailable(
        store -> store.content("selected_depth/depth_m/c/0/0/0", "no chunk"),
        "unreadable",
        "depth_m");
  }

  @Test
  void aMismatchNamesTheCandidateOfTheTable() {
    StoreEditor editor = new StoreEditor(example()).set("selected_depth/candidate_row_id", 0, 1);

    assertThat(rows(editor).rows().get(0).get("candidate_row_id")).isEqualTo(1L);
    assertThat(rows(editor).rows().get(1).get("available")).isEqualTo(true);
  }

  @ParameterizedTest
  @CsvSource({
    "240, 240, 96, 3, 80, 80",
    "240, 240, 24, 10, 24, 24",
    "3, 7, 4, 2, 2, 4",
    "1, 1, 96, 1, 1, 1",
    "2, 5, 0, 5, 1, 1"
  })
  void previewsTakeEverySoManyPixelsFromTheFirst(
      int height, int width, int most, int stride, int rows, int columns) {
    MemoryStoreFiles files = example();
    TypedArrayBuilder depth = new TypedArrayBuilder(ElementType.FLOAT16, height, width);
    TypedArrayBuilder mask = new TypedArrayBuilder(ElementType.BOOL, height, width);
    for (int pixel = 0; pixel < 2 * height * width; pixel++) {
      depth.add((double) (pixel % 1000));
      mask.add(pixel % 11 == 3 ? 0L : 1L);
    }
    StoreEditor editor =
        new StoreEditor(files)
            .replace("selected_depth/depth_m", depth.build(2))
            .replace("selected_depth/valid_mask", mask.build(2));
    for (int i = 0; i < 4; i++) {
      editor.set("selected_depth/image_size_hw", i, i % 2 == 0 ? height : width);
    }

    SelectedDepthPreview preview =
        DepthAudit.selectedDepthPreview(RolloutZarrStoreReader.open(files), 1, most);
    assertThat(preview.stride()).isEqualTo(stride);
    assertThat(preview.height()).isEqualTo(rows);
    assertThat(preview.width()).isEqualTo(columns);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int pixel = height * width + y * stride * width + x * stride;
        assertThat((Float) preview.metres(y, x))
            .isEqualTo((Float) (pixel % 11 == 3 ? Float.NaN : pixel % 1000));
      }
    }
    assertThat(preview.summary().values())
        .containsEntry("image_size_hw", List.of(height, width))
        .containsEntry("focal_px", List.of(2.0, 2.0))
        .containsEntry("candidate_row_id", 3L);
  }

  @Test
  void aStepThatDoesNotExistHasNoPreview() {
    SelectedDepthPreview preview =
        DepthAudit.selectedDepthPreview(RolloutZarrStoreReader.open(example()), 7);

    assertThat(preview.summary().values())
        .containsEntry("available", false)
        .containsEntry("candidate_row_id", null)
        .containsEntry("warning_code", "unknown_step");
  }

  @Test
  void invalidPixelsAreNullInJson() {
    Map<String, Object> json =
        DepthAudit.selectedDepthPreview(RolloutZarrStoreReader.open(example()), 0).toJson();

    assertThat(CanonicalJson.line(json))
        .contains("\"depth_m\": [[1.5, 1.5, 1.5, 1.5], [1.5, 1.5, 1.5, null]]")
        .contains("[true, true, true, false]");
  }

  @Test
  void filtersAndTheLimitChooseTheImagesThatAreRead() {
    RolloutZarrStoreReader store = RolloutZarrStoreReader.open(example());
    AuditRows second = DepthAudit.selectedDepthSummaryRows(store, AuditQuery.ALL.ofStep(1));
    assertThat(second.rows()).hasSize(1);
    AuditRows one = DepthAudit.selectedDepthSummaryRows(store, AuditQuery.ALL.limitedTo(1));
    assertThat(one.rows()).hasSize(1);
    assertThat(one.totalRows()).isEqualTo(2);
    assertThat(DepthAudit.selectedDepthSummaryRows(store, AuditQuery.ALL.ofRollout(3)).rows())
        .isEmpty();
    assertThat(
            DepthAudit.selectedDepthSummaryRows(new TableStoreEditor().reader(), AuditQuery.ALL)
                .rows())
        .isEmpty();
  }

  @Test
  void bothLayoutsAgreeWithALoopOverAllPixels() {
    for (StoreLayout layout : StoreLayout.values()) {
      Path place = temporary.resolve(layout.text());
      new RolloutZarrStoreWriter(RandomRollouts.config())
          .write(place, layout, new RandomRollouts(4).records(4, 5), WorkedExample.context());
      RolloutZarrStoreReader store = RolloutZarrStoreReader.open(place);
      float[] depth = store.floats("selected_depth/depth_m");
      boolean[] mask = store.bools("selected_depth/valid_mask");
      List<AuditRow> rows =
          DepthAudit.selectedDepthSummaryRows(store, AuditQuery.ALL.limitedTo(9999)).rows();
      assertThat(rows).as("seed 4, %s", layout).hasSize(depth.length / 16).isNotEmpty();
      for (int row = 0; row < rows.size(); row++) {
        double sum = 0;
        long finite = 0;
        for (int pixel = 16 * row; pixel < 16 * row + 16; pixel++) {
          boolean counts = mask[pixel] && Float.isFinite(depth[pixel]);
          finite += counts ? 1 : 0;
          sum += counts ? depth[pixel] : 0;
        }
        assertThat(rows.get(row).get("finite_pixels")).isEqualTo(finite);
        if (finite > 0) {
          assertThat((Double) rows.get(row).get("depth_mean_m"))
              .isCloseTo(sum / finite, within(ROUNDING * (1 + Math.abs(sum))));
        }
      }
    }
  }
}
