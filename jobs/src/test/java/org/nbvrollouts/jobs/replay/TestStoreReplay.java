package org.nbvrollouts.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.jobs.origin.StoreOrigin;
import org.nbvrollouts.jobs.origin.StoreOrigin.Overrides;
import org.nbvrollouts.jobs.origin.StoredCampaign;
import org.nbvrollouts.jobs.origin.StoredChain;
import org.nbvrollouts.jobs.origin.StoredStep;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.zarr.MemoryStoreFiles;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreEditor;

/** Stored rollouts of a small room against their second computation. */
final class TestStoreReplay {
  /** Tables without a row, texts that no number of a rollout depends on. */
  private static final Set<String> NOT_COMPARED =
      Set.of("metadata", "dictionaries", "target_eval_crops");

  /** Columns by which rows are found, and hashes that say what a store was made from. */
  private static final Set<String> FINDS_OR_TRACES =
      Set.of(
          "lineage/rollout_row_id",
          "lineage/candidate_config_id",
          "lineage/oracle_config_id",
          "lineage/rollout_config_id",
          "lineage/mesh_version_id",
          "lineage/branch_schedule_id",
          "sources/source_row_id",
          "sources/sample_index",
          "sources/source_offline_store_manifest_hash_id",
          "sources/split_manifest_hash_id",
          "targets/target_row_id",
          "targets/target_id",
          "rollouts/rollout_row_id",
          "rollouts/rollout_id",
          "rollouts/source_row_id",
          "rollouts/target_row_id",
          "steps/rollout_row_id",
          "steps/step_row_id",
          "steps/step_index",
          "candidates/step_row_id",
          "selected_depth/step_row_id");

  /** What the other configuration leaves out. */
  private static final String VARIANTS =
      """
      min_valid_root_candidates = 1

      [oracle_target_task_sampler]
      max_targets_per_sample = 1

      [selected_depth]
      enabled = false

      [candidate_mixture.base]
      seed_mode = "seed-once"
      path_rule = "exact-clearance"
      enforce_motion_realism = false

      [[candidate_mixture.components]]
      name = "orbit"
      count = 8
      position_mode = "target_orbit"
      view_mode = "target_point"

      [[candidate_mixture.components]]
      name = "shell"
      count = 12
      position_mode = "upper_bound_free_shell"
      view_mode = "radial_away"

      [target_scorer]
      backprojection_stride = 4
      target_crop_margin_m = 0.05
      include_scene_rri = false
      eval_fusion_max_points = 300
      target_eval_max_points = 60

      [target_scorer.oracle]
      fusion_max_points = 80

      [target_scorer.depth]
      resolution_scale = 0.1

      [store]
      target_eval_crops_enabled = true
      target_eval_crop_max_points = 50

      [[recipes]]
      name = "from_history"
      selection_policy = "farthest_from_history"
      horizon = 3

      [[recipes]]
      name = "from_reference"
      selection_policy = "farthest_from_reference"
      branch_factor = 2

      [[recipes]]
      name = "guarded"
      selection_policy = "temperature_softmax"
      branch_factor = 3
      beam_width = 4
      min_history_distance_m = 0.4
      min_sibling_distance_m = 0.5
      min_sibling_yaw_deg = 20.0
      min_sibling_target_bearing_deg = 5.0
      require_sibling_strategy_diversity = true
      robust_temperature_logits = false

      [[recipes]]
      name = "drawn"
      selection_policy = "random"
      horizon = 3
      stochastic_branch_factors = [1, 2]
      stochastic_branch_probabilities = [0.5, 0.5]
      beam_width = 3

      [storage]
      force_to_disk = false
      """;

  /** A rollout of two steps. */
  private static final int ROLLOUT = 2;

  private static final Offset<Double> CLOSE = Offset.offset(1e-3);

  @TempDir static Path folder;
  private static final StoreReplay REPLAY = new StoreReplay(state -> {});
  private static StoredCampaign campaign;
  private static final MemoryStoreFiles ORIGINAL = new MemoryStoreFiles();

  @BeforeAll
  static void build() throws IOException {
    campaign =
        StoredCampaign.build(
            folder, RoomSource.write(folder.resolve("source")), StoredCampaign.CONFIG);
    try (Stream<Path> all = Files.walk(campaign.store())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = campaign.store().relativize(file).toString().replace('\\', '/');
        ORIGINAL.replace(name, Files.readAllBytes(file));
      }
    }
  }

  @Test
  void everyRolloutIsTheRecomputedOneInEveryColumn() {
    Set<String> compared = new TreeSet<>();
    int steps = 0;
    try (StoreOrigin store = StoreOrigin.open(campaign.store(), Overrides.NONE)) {
      assertThat(store.rolloutIds()).hasSize(10);
      for (int row = 0; row < store.rolloutIds().size(); row++) {
        ReplayReport report = REPLAY.replay(store, row);
        assertThat(report.differences()).as(report.rollout()).isEmpty();
        compared.addAll(report.compared().keySet());
        steps += report.steps();
      }
    }
    assertThat(steps).isEqualTo(2 * (1 + 2 * 2 + 2 * 2));
    assertThat(compared).containsAll(columns().toList());
  }

  @Test
  void everyPolicyGuardAndSeedModeIsReplayed() throws IOException {
    Path place = Files.createDirectory(folder.resolve("variants"));
    StoredCampaign variants = StoredCampaign.build(place, campaign.source(), VARIANTS);
    try (StoreOrigin store = StoreOrigin.open(variants.store(), Overrides.NONE)) {
      Set<String> recipes = new TreeSet<>();
      StoreReplay replay = new StoreReplay(state -> {});
      for (int row = 0; row < store.rolloutIds().size(); row++) {
        ReplayReport report = replay.replay(store, row);
        assertThat(report.differences()).isEmpty();
        assertThat(report.compared()).containsKey("target_eval_crops/points_world");
        recipes.add(store.chain(row).recipeName());
      }
      assertThat(recipes).containsExactly("drawn", "from_history", "from_reference", "guarded");
    }
  }

  @Test
  void aChangedValueIsNamedWithBothValues() {
    Map<String, Change> changes = new TreeMap<>();
    StoreEditor editor = new StoreEditor(ORIGINAL.copy());
    columns()
        .filter(array -> !FINDS_OR_TRACES.contains(array))
        .forEach(array -> changes.put(array, change(editor, array)));
    List<Difference> differences;
    try (StoreOrigin store = open(editor)) {
      differences = REPLAY.replay(store, ROLLOUT).differences();
    }
    assertThat(differences)
        .extracting(Difference::array)
        .containsExactlyInAnyOrderElementsOf(changes.keySet());
    for (Difference difference : differences) {
      Change change = changes.get(difference.array());
      assertThat(difference.index()).as(difference.text()).isEqualTo(change.index());
      assertThat(difference.stored()).as(difference.text()).isNotEqualTo(difference.recomputed());
      if (!change.isText()) {
        assertThat(number(difference.stored())).isCloseTo(change.after(), CLOSE);
        assertThat(number(difference.recomputed())).isCloseTo(change.before(), CLOSE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "candidates/pose_world_cam",
        "candidates/target_rri",
        "candidates/selection_probabilities",
        "candidates/invalid_reason_bitset",
        "selected_depth/depth_m"
      })
  void oneChangedValueIsTheOnlyDifference(String array) {
    StoreEditor editor = new StoreEditor(ORIGINAL.copy());
    Change change = change(editor, array);
    try (StoreOrigin store = open(editor)) {
      assertThat(REPLAY.replay(store, ROLLOUT).differences())
          .extracting(Difference::array, Difference::index)
          .containsExactly(tuple(array, change.index()));
      assertThat(REPLAY.replay(store, 0).differences()).as("another rollout").isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lineage/mesh_version_id",
        "sources/sample_index",
        "targets/target_id",
        "rollouts/rollout_id",
        "steps/step_row_id",
        "steps/step_index",
        "candidates/step_row_id",
        "selected_depth/step_row_id"
      })
  void aChangedKeyOrHashIsNotOverlooked(String array) {
    assertThat(FINDS_OR_TRACES).contains(array);
    StoreEditor editor = new StoreEditor(ORIGINAL.copy());
    change(editor, array);
    try (StoreOrigin store = open(editor)) {
      assertThat(REPLAY.replay(store, ROLLOUT).isEqual()).isFalse();
    } catch (NbvException refused) {
      assertThat(refused).hasMessageMatching("(Cannot|Invalid) .*");
    }
  }

  @Test
  void anotherConfigurationIsRefused() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("other.toml"),
            StoredCampaign.CONFIG.replace("view_roll_jitter_deg = 5.0", "seed = 1"));
    Overrides overrides = new Overrides(Optional.of(file), Optional.empty());
    assertThatThrownBy(() -> StoreOrigin.open(campaign.store(), overrides))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Cannot trace store: the configuration is not the one");
  }

  @Test
  void anotherMeshUnderTheSameNameIsRefused() throws IOException {
    Path source = folder.resolve("swapped");
    copy(campaign.source(), source);
    Path mesh;
    try (Stream<Path> meshes = Files.list(source.resolve("meshes"))) {
      mesh = meshes.findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(mesh);
    bytes[bytes.length - 20] ^= 1;
    Files.write(mesh, bytes);
    Overrides overrides = new Overrides(Optional.empty(), Optional.of(source));
    try (StoreOrigin store = StoreOrigin.open(campaign.store(), overrides)) {
      assertThatThrownBy(() -> new StoreReplay(state -> {}).replay(store, 0))
          .isInstanceOf(RefusedInputException.class)
          .hasMessageStartingWith("Cannot load mesh: content differs from its name (");
    }
  }

  /** Arrays with numbers of rollouts. */
  static Stream<String> columns() {
    return StoreSchema.current().arrays().stream()
        .filter(spec -> !spec.isText() && !NOT_COMPARED.contains(spec.group()))
        .map(ArraySpec::path);
  }

  /**
   * An element of the second step of a rollout, of its chosen candidate where there are several.
   */
  private static int element(String array) {
    try (StoreOrigin store = StoreOrigin.open(campaign.store(), Overrides.NONE)) {
      StoredChain chain = store.chain(ROLLOUT);
      StoredStep step = chain.steps().get(1);
      int action = step.selectedShellIndex();
      TypedArray values = store.reader().array(array);
      int row =
          switch (array.substring(0, array.indexOf('/'))) {
            case "sources" -> chain.source().row();
            case "targets" -> chain.target().row();
            case "rollouts", "lineage" -> ROLLOUT;
            case "candidates", "candidate_diagnostics" -> step.candidates().get(action).row();
            default -> step.row().row();
          };
      int within = array.startsWith("q_h/") ? action : 1;
      if (array.startsWith("selected_depth/") && values.rank() == 3) {
        within = 0;
        while (values.doubleAt(row * values.rowSize() + within) == 0) {
          within++;
        }
      }
      return row * values.rowSize() + (values.rowSize() == 1 ? 0 : within);
    }
  }

  /**
   * One changed element.
   *
   * @param index where it lies, as differences say it
   */
  private record Change(String index, double before, double after, boolean isText) {}

  private static Change change(StoreEditor editor, String array) {
    int element = element(array);
    TypedArray values = editor.array(array);
    double before = values.doubleAt(element);
    double after = before + (values.type().isFloat() ? 0.25 : 1);
    if (values.type() == ElementType.BOOL) {
      after = 1 - before;
    } else if (!Double.isFinite(before)) {
      after = 0.5;
    }
    editor.set(array, element, after);
    int row = element / values.rowSize();
    int within = element % values.rowSize();
    String index =
        switch (values.rank()) {
          case 1 -> Integer.toString(row);
          case 2 -> row + ", " + within;
          default -> row + ", " + within / values.length(2) + ", " + within % values.length(2);
        };
    boolean isText = StoreSchema.current().array(array).orElseThrow().dictionary().isPresent();
    return new Change(index, before, after, isText);
  }

  private static StoreOrigin open(StoreEditor editor) {
    return StoreOrigin.open(RolloutZarrStoreReader.open(editor.files()), Overrides.NONE);
  }

  private static double number(String text) {
    return text.equals("true") ? 1 : text.equals("false") ? 0 : Double.parseDouble(text);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    }
  }
}
