package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.summary.SourceText;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.source.rollout.RolloutSourceDescription;
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

  @Parameters(paramLabel = "DIR", description = "The source")
  Path source;

  @Option(names = "--json", description = "Print as JSON")
  boolean json;

  SourceDescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    RolloutSourceDescription description =
        RolloutSourceDescription.describe(Paths.existingFolder("source", source));
    if (json) {
      console.print(CanonicalJson.pretty(toJson(description)));
    } else {
      console.print(source.toString());
      SourceText.lines(description).forEach(console::print);
    }
    return ExitCode.OK;
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
