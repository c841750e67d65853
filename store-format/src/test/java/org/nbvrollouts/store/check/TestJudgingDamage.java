package org.nbvrollouts.store.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.zarr.MemoryStoreFiles;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreEditor;
import org.nbvrollouts.store.zarr.TableStores;

/** Whatever is wrong with a part of a store is a finding, and hides no finding elsewhere. */
class TestJudgingDamage {
  private static final String ROOT = "zarr.json";
  private static final String CODE = "[A-IXL]\\d{1,2}";
  private static final MemoryStoreFiles EXAMPLE = example();

  /** Documents that no reader can make an array of, or another one than was written. */
  private static final Map<String, Consumer<Map<String, Object>>> DOCUMENT_DAMAGES =
      new LinkedHashMap<>();

  static {
    damage("no keys", Map::clear);
    damage("a group", document -> document.put("node_type", "group"));
    damage("Zarr 2", document -> document.put("zarr_format", 2L));
    damage("no type", document -> document.put("data_type", null));
    damage("an unknown type", document -> document.put("data_type", "complex64"));
    damage("another type", document -> document.put("data_type", "float64"));
    damage("no shape", document -> document.remove("shape"));
    damage("no axes", document -> reshape(document, List.of()));
    damage("further axes", document -> reshape(document, List.of(2L, 2L, 2L, 2L)));
    damage("a negative length", document -> document.put("shape", List.of(-1L)));
    damage("a long first axis", document -> document.put("shape", List.of(3_000L)));
    damage("no grid", document -> document.put("chunk_grid", Map.of()));
    damage("another grid", document -> document.put("chunk_grid", otherGrid(document)));
    damage("chunks of nothing", document -> document.put("chunk_grid", grid(List.of(0L))));
    damage("no codecs", document -> document.put("codecs", List.of()));
    damage("codecs of null", document -> document.put("codecs", Arrays.asList(null, null)));
    damage("an unknown codec", document -> document.put("codecs", List.of(Map.of("name", "x"))));
    damage("no key encoding", document -> document.put("chunk_key_encoding", "none"));
    damage("fill of text", document -> document.put("fill_value", "eleven"));
    damage("fill of a list", document -> document.put("fill_value", List.of()));
    damage(
        "a transformer",
        document -> document.put("storage_transformers", List.of(Map.of("name", "x"))));
    damage("an unknown key", document -> document.put("must_be_understood", Map.of()));
  }

  private static void damage(String name, Consumer<Map<String, Object>> edit) {
    DOCUMENT_DAMAGES.put(name, edit);
  }

  private static MemoryStoreFiles example() {
    MemoryStoreFiles files = new MemoryStoreFiles();
    TableStores.write(
        files,
        RolloutTables.of(
            WorkedExample.recordsWithEvalCrops(),
            WorkedExample.config().withTargetEvalCrops(4),
            WorkedExample.context()));
    return files;
  }

  private static Map<String, Object> grid(List<Long> chunk) {
    return Map.of("name", "regular", "configuration", Map.of("chunk_shape", chunk));
  }

  private static Map<String, Object> otherGrid(Map<String, Object> document) {
    Map<String, Object> grid = new HashMap<>(object(document.get("chunk_grid")));
    grid.put("name", "rectilinear");
    return grid;
  }

  private static void reshape(Map<String, Object> document, List<Long> shape) {
    document.put("shape", shape);
    document.put("chunk_grid", grid(shape));
  }

  @SuppressWarnings("unchecked") // Objects of the parser have text keys.
  private static Map<String, Object> object(Object json) {
    return (Map<String, Object>) json;
  }

  private static Map<String, Object> parse(MemoryStoreFiles files, String path) {
    return new LinkedHashMap<>(
        object(JsonParser.parseWithNonFinite(files.read(path).orElseThrow(), path)));
  }

  private static void write(MemoryStoreFiles files, String path, Object json) {
    files.replace(path, CanonicalJson.prettyWithNonFinite(json).getBytes(StandardCharsets.UTF_8));
  }

  /** The example with one changed document, in its own file alone or in the root as well. */
  private static List<MemoryStoreFiles> changed(String node, Consumer<Map<String, Object>> edit) {
    MemoryStoreFiles alone = EXAMPLE.copy();
    Map<String, Object> root = parse(alone, ROOT);
    Map<String, Object> document = parse(alone, node + "/" + ROOT);
    edit.accept(document);
    write(alone, node + "/" + ROOT, document);
    MemoryStoreFiles both = alone.copy();
    Map<String, Object> consolidated = new TreeMap<>(object(root.get("consolidated_metadata")));
    Map<String, Object> documents = new TreeMap<>(object(consolidated.get("metadata")));
    documents.put(node, document);
    consolidated.put("metadata", documents);
    root.put("consolidated_metadata", consolidated);
    write(both, ROOT, root);
    root.remove("consolidated_metadata");
    write(alone, ROOT, root);
    return List.of(alone, both);
  }

  private static RolloutZarrValidationResult judge(MemoryStoreFiles files) {
    return RolloutZarrValidator.validateRolloutZarrStore(
        RolloutZarrStoreReader.open(files), CheckLevel.LATE);
  }

  private static List<Finding> findings(MemoryStoreFiles files) {
    return judge(files).findings(CheckLevel.LATE);
  }

  @TestFactory
  Stream<DynamicTest> damagedDocumentsOfAnyArrayAreFindings() {
    List<String> damages = List.copyOf(DOCUMENT_DAMAGES.keySet());
    return IntStream.range(0, damages.size())
        .mapToObj(
            number ->
                DynamicTest.dynamicTest(
                    damages.get(number),
                    () ->
                        // Each damage meets other arrays; together they meet all.
                        arrays(number).forEach(spec -> assertFound(spec, damages.get(number)))));
  }

  /** Every twelfth array, and what all tables are counted by. */
  private static Stream<ArraySpec> arrays(int first) {
    List<ArraySpec> all = StoreSchema.current().arrays();
    return IntStream.range(0, all.size())
        .filter(i -> i % 12 == first % 12 || all.get(i).name().endsWith("_row_id"))
        .mapToObj(all::get);
  }

  private static void assertFound(ArraySpec spec, String damage) {
    for (MemoryStoreFiles files : changed(spec.path(), DOCUMENT_DAMAGES.get(damage))) {
      assertThat(findings(files))
          .as("%s: %s", spec.path(), damage)
          .isNotEmpty()
          .allSatisfy(
              finding -> {
                assertThat(finding.code()).matches(CODE);
                assertThat(finding.path()).isNotNull();
                assertThat(finding.message())
                    .isNotBlank()
                    .doesNotContain("java.", "zarrjava", "checked: null", "out of bounds");
              })
          .extracting(Finding::path)
          .contains(spec.path());
    }
  }

  @Test
  void contentThatIsNoDocumentIsAFinding() {
    for (ArraySpec spec : StoreSchema.current().arrays()) {
      for (String content : List.of("", "[]", "null")) {
        MemoryStoreFiles files = EXAMPLE.copy();
        new StoreEditor(files).content(spec.path() + "/" + ROOT, content);
        assertThat(findings(files))
            .as("%s: '%s'", spec.path(), content)
            .extracting(Finding::path)
            .contains(spec.path());
      }
    }
  }

  /** One finding of every phase after A that does not need the array that is missing. */
  @Test
  void aMissingArrayHidesNothingElsewhere() {
    Map<String, Consumer<StoreEditor>> elsewhere = new LinkedHashMap<>();
    elsewhere.put("B6 q_h", store -> store.group("q_h", "td_semantics", "all"));
    elsewhere.put("C1 candidates", store -> store.set("candidates/selected_mask", 1, 1));
    elsewhere.put(
        "D3 candidate_diagnostics",
        store -> store.set("candidate_diagnostics/candidate_row_id", 0, 5));
    elsewhere.put("E8 selected_depth", store -> store.reshape("selected_depth/focal_px", 2, 3));
    elsewhere.put(
        "F4 target_eval_crops", store -> store.group("target_eval_crops", "role", "actor"));
    elsewhere.put("G5 sources", store -> store.set("sources/source_shard_row", 0, -1));
    elsewhere.put("H5 rollouts", store -> store.set("rollouts/root_pose_world", 3, Double.NaN));
    elsewhere.put("I5 lineage", store -> store.set("lineage/candidate_config_id", 0, 99));
    elsewhere.put("X10 steps", store -> store.set("rollouts/horizon", 0, 1).rederive());
    MemoryStoreFiles broken = EXAMPLE.copy();
    StoreEditor editor = new StoreEditor(broken);
    elsewhere.values().forEach(edit -> edit.accept(editor));
    for (ArraySpec spec : StoreSchema.current().arrays()) {
      MemoryStoreFiles files = broken.copy();
      new StoreEditor(files).remove(spec.path());
      List<String> expected = new ArrayList<>();
      for (String name : elsewhere.keySet()) {
        String[] codeAndGroup = name.split(" ", -1);
        if (!needs(codeAndGroup[1], spec)) {
          expected.add(codeAndGroup[0]);
        }
      }
      assertThat(findings(files))
          .as("without %s", spec.path())
          .extracting(Finding::code)
          .containsAll(expected);
    }
  }

  /** Whether a check of a group looks at an array, of its own group or of another one. */
  private static boolean needs(String group, ArraySpec spec) {
    return spec.group().equals(group)
        || switch (group) {
          case "candidate_diagnostics" -> spec.path().equals("candidates/candidate_row_id");
          case "selected_depth" -> spec.path().equals("steps/step_row_id");
          case "lineage" -> spec.path().equals("dictionaries/config");
          case "sources" -> spec.path().equals("dictionaries/source_shard");
          case "steps" ->
              spec.path().equals("rollouts/horizon")
                  || spec.path().equals("rollouts/rollout_row_id");
          default -> false;
        };
  }
}
