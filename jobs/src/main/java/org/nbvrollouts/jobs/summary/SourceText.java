package org.nbvrollouts.jobs.summary;

import static org.nbvrollouts.jobs.summary.TextTable.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nbvrollouts.store.source.rollout.RolloutSourceDescription;

/** Renders what a source holds as plain text tables. */
public final class SourceText {
  private static final double MEGA = 1e6;

  private SourceText() {}

  /** The whole description. */
  public static List<String> lines(RolloutSourceDescription source) {
    List<String> lines = new ArrayList<>();
    lines.addAll(facts(source));
    lines.add("");
    lines.addAll(scenes(source));
    lines.add("");
    lines.addAll(classes(source));
    return lines;
  }

  private static List<String> facts(RolloutSourceDescription source) {
    TextTable table = new TextTable(2);
    table.row("Origin", source.manifest().provenance().origin());
    table.row("Hash", source.sourceManifestHash());
    table.row("Rows", count(source.manifest().samples()));
    source.manifest().splits().forEach((split, rows) -> table.row("  in " + split, count(rows)));
    table.row("Size", String.format(Locale.ROOT, "%.1f MB", source.bytes() / MEGA));
    return table.lines();
  }

  private static List<String> scenes(RolloutSourceDescription source) {
    TextTable table = new TextTable(7);
    table.row("Scene", "split", "rows", "triangles", "points", "objects", "detections");
    table.rule();
    for (RolloutSourceDescription.SceneRow row : source.scenes()) {
      table.row(
          row.sceneId(),
          row.split(),
          count(row.samples()),
          count(row.mesh().faceCount()),
          count(row.points()),
          count(row.groundTruthObjects()),
          count(row.detectedBoxes()));
    }
    return table.lines();
  }

  private static List<String> classes(RolloutSourceDescription source) {
    TextTable table = new TextTable(3);
    table.row("Class", "objects", "detections");
    table.rule();
    source
        .classes()
        .forEach(
            row ->
                table.row(
                    row.className(), count(row.groundTruthObjects()), count(row.detectedBoxes())));
    return table.lines();
  }
}
