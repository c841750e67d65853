package org.nbvrollouts.store.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.table.TypedArrayBuilder;
import org.nbvrollouts.store.zarr.MemoryStoreFiles;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreEditor;
import org.nbvrollouts.store.zarr.TableStores;

/** What other producers of the schema may do and this one does not. */
class TestForeignProducers {
  private static final String MANIFEST = "manifest.json";

  private static MemoryStoreFiles store(RolloutZarrStoreConfig config) {
    MemoryStoreFiles files = new MemoryStoreFiles();
    TableStores.write(
        files, RolloutTables.of(WorkedExample.records(), config, WorkedExample.context()));
    return files;
  }

  private static List<Finding> findings(MemoryStoreFiles files) {
    return RolloutZarrValidator.validateRolloutZarrStore(
            RolloutZarrStoreReader.open(files), CheckLevel.STRICT)
        .findings(CheckLevel.STRICT);
  }

  @Test
  void aReformattedManifestKeepsItsHash() {
    MemoryStoreFiles files = store(WorkedExample.config());
    Object manifest = JsonParser.parse(files.read(MANIFEST).orElseThrow(), MANIFEST);
    byte[] compact = (CanonicalJson.compact(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
    assertThat(compact).isNotEqualTo(files.read(MANIFEST).orElseThrow());
    files.replace(MANIFEST, compact);
    assertThat(findings(files)).isEmpty();
    String text = new String(compact, StandardCharsets.UTF_8);
    String asInteger =
        text.replace("\"selected_depth_zfar_m\":20.0", "\"selected_depth_zfar_m\":20");
    assertThat(asInteger).isNotEqualTo(text);
    files.replace(MANIFEST, asInteger.getBytes(StandardCharsets.UTF_8));
    assertThat(findings(files)).extracting(Finding::code).containsExactly("A6");
  }

  @Test
  void unsetClipPlanesAreBareNaN() {
    MemoryStoreFiles files = store(WorkedExample.config());
    new StoreEditor(files)
        .root("selected_depth_znear_m", Double.NaN)
        .group("selected_depth", "znear_m", Double.NaN)
        .manifest(
            json -> {
              Map<Object, Object> attributes =
                  new LinkedHashMap<>((Map<?, ?>) json.get("root_attrs"));
              attributes.put("selected_depth_znear_m", Double.NaN);
              json.put("root_attrs", attributes);
            })
        .rehash();
    assertThat(new String(files.read("zarr.json").orElseThrow(), StandardCharsets.UTF_8))
        .contains("\"selected_depth_znear_m\": NaN");
    assertThat(findings(files)).isEmpty();
  }

  @Test
  void aDiscountAboveOneIsAccepted() {
    assertThat(findings(store(WorkedExample.config().withDiscountGamma(1.5)))).isEmpty();
  }

  /** Shapes of the reference: pose arrays of an empty store have lost their second axis. */
  @Test
  void flatPosesOfAnEmptyStoreAreFindings() {
    MemoryStoreFiles files = new MemoryStoreFiles();
    TableStores.write(
        files, RolloutTables.of(List.of(), WorkedExample.config(), WorkedExample.context()));
    new StoreEditor(files)
        .replace("rollouts/root_pose_world", new TypedArrayBuilder(ElementType.FLOAT32).build(0));
    assertThat(findings(files)).extracting(Finding::code).containsExactly("H4", "X2");
  }

  /** Without the switch no image is asked for, and images that are there do no harm. */
  @Test
  void imagesMayStandWhereDepthIsSwitchedOff() {
    MemoryStoreFiles files = store(WorkedExample.config());
    new StoreEditor(files).root("selected_depth_enabled", false).remove("selected_depth/focal_px");
    assertThat(
            RolloutZarrValidator.validateRolloutZarrStore(
                    RolloutZarrStoreReader.open(files), CheckLevel.CORE)
                .findings())
        .isEmpty();
  }

  @Test
  void arraysThatTheSchemaDoesNotKnowAreNoFindings() {
    MemoryStoreFiles files = store(WorkedExample.config());
    StoreEditor editor = new StoreEditor(files);
    editor.replace("steps/candidate_seed", editor.array("steps/step_row_id"));
    editor.replace("candidates/note", editor.array("candidates/candidate_row_id"));
    assertThat(findings(files)).isEmpty();
  }
}
