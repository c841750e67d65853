package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.summary.SourceText;
import org.nbvrollouts.jobs.summary.VinText;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.source.rollout.RolloutSourceDescription;
import org.nbvrollouts.store.source.vin.VinStoreDescription;
import org.nbvrollouts.store.source.vin.VinStoreReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "describe",
    description = "Say what a source holds.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts source describe homes")
final class SourceDescribeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DIR", description = "Rollout source v1 or VIN offline store")
  Path source;

  @Option(names = "--json", description = "Print as JSON")
  boolean json;

  SourceDescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path folder = Paths.existingFolder("source", source);
    if (VinStoreReader.isStore(folder)) {
      describeStore(VinStoreDescription.describe(folder));
      return ExitCode.OK;
    }
    RolloutSourceDescription description = RolloutSourceDescription.describe(folder);
    if (json) {
      console.print(CanonicalJson.pretty(toJson(description)));
    } else {
      console.print(source.toString());
      SourceText.lines(description).forEach(console::print);
    }
    return ExitCode.OK;
  }

  private void describeStore(VinStoreDescription store) {
    if (json) {
      console.print(CanonicalJson.pretty(toJson(store)));
      return;
    }
    console.print(source.toString());
    VinText.lines(store).forEach(console::print);
    store.warnings().forEach(console::lookAt);
  }

  private static Map<String, Object> toJson(VinStoreDescription store) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", store.manifest().version());
    json.put("source_manifest_hash", store.manifest().sourceManifestHash());
    json.put("split_policy", store.manifest().splitPolicy());
    json.put("interrupted", store.manifest().stats().interrupted());
    json.put("shards", store.manifest().shardCount());
    json.put("samples", store.rows());
    json.put("splits", store.splits());
    Map<String, Object> scenes = new LinkedHashMap<>();
    store.scenes().forEach(scene -> scenes.put(scene.sceneId(), scene.splits()));
    json.put("scenes", scenes);
    List<Object> blocks = new ArrayList<>();
    for (VinStoreDescription.BlockRow row : store.blocks()) {
      Map<String, Object> block = new LinkedHashMap<>();
      block.put("name", row.name());
      block.put("kind", row.kind());
      block.put("type", row.type());
      block.put("row_shape", row.rowShape());
      block.put("shards", row.shards());
      block.put("read_for", row.use());
      blocks.add(block);
    }
    json.put("blocks", blocks);
    json.put("warnings", store.warnings());
    return json;
  }

  private static Map<String, Object> toJson(RolloutSourceDescription description) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("source_manifest_hash", description.sourceManifestHash());
    json.put("origin", description.manifest().provenance().origin());
    json.put("split_policy", description.manifest().provenance().splitPolicy());
    json.put("samples", description.manifest().samples());
    json.put("bytes", description.bytes());
    json.put("splits", description.manifest().splits());
    List<Object> scenes = new ArrayList<>();
    for (RolloutSourceDescription.SceneRow row : description.scenes()) {
      Map<String, Object> scene = new LinkedHashMap<>();
      scene.put("scene_id", row.sceneId());
      scene.put("split", row.split());
      scene.put("samples", row.samples());
      scene.put("frames", row.frames());
      scene.put("points", row.points());
      scene.put("ground_truth_objects", row.groundTruthObjects());
      scene.put("detected_boxes", row.detectedBoxes());
      scene.put("mesh_sha256", row.mesh().sha256());
      scene.put("mesh_faces", row.mesh().faceCount());
      scenes.add(scene);
    }
    json.put("scenes", scenes);
    return json;
  }
}
