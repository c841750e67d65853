package org.nbvrollouts.jobs.summary;

import static org.nbvrollouts.jobs.summary.TextTable.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.source.vin.JoinTally;
import org.nbvrollouts.store.source.vin.UnjoinedReason;
import org.nbvrollouts.store.source.vin.VinImporter;
import org.nbvrollouts.store.source.vin.VinStoreDescription;

/** Renders VIN offline stores, and what an import of one did, as plain text. */
public final class VinText {
  private static final int MAX_KEYS = 5;

  private VinText() {}

  /** What an import did. */
  public static List<String> lines(VinImporter.Result result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "VIN offline store, version " + result.version() + ", hash " + result.vinManifestHash());
    lines.add(
        "Joined "
            + Count.of(result.rows(), "row")
            + ": "
            + splits(result.splits())
            + " (split policy "
            + result.splitPolicy()
            + ")");
    for (Map.Entry<UnjoinedReason, List<String>> left : result.storeOnly().entrySet()) {
      lines.add(
          "Left out of the VIN store: "
              + Count.of(left.getValue().size(), "row")
              + ", "
              + left.getKey().words()
              + ": "
              + keys(left.getValue()));
    }
    if (!result.sourceOnly().isEmpty()) {
      lines.add(
          "Left out of the source: "
              + Count.of(result.sourceOnly().size(), "row")
              + " that the VIN store does not name: "
              + keys(result.sourceOnly()));
    }
    lines.add("");
    lines.addAll(origins(result.tally()));
    lines.add("");
    lines.addAll(assumptions(result));
    return lines;
  }

  private static List<String> origins(JoinTally tally) {
    TextTable table = new TextTable(4);
    table.row("Rows whose … come from", "VIN", "source", "neither");
    table.rule();
    tally
        .counts()
        .forEach(
            (field, rows) ->
                table.row(
                    field.key().replace('_', ' '),
                    count(rows.get(JoinTally.Origin.VIN)),
                    count(rows.get(JoinTally.Origin.SOURCE)),
                    count(rows.get(JoinTally.Origin.NONE))));
    return table.lines();
  }

  private static List<String> assumptions(VinImporter.Result result) {
    List<String> lines = new ArrayList<>();
    JoinTally tally = result.tally();
    if (result.storeOnly().values().stream().anyMatch(keys -> !keys.isEmpty())) {
      lines.add("assumed: rows are numbered anew, in the order of the VIN store");
    }
    if (tally.unverified() > 0) {
      lines.add(
          "assumed: "
              + Count.of(tally.unverified(), "row")
              + " without a walk in the VIN store: taken for the row of the same key");
    }
    if (tally.otherFrameCounts() > 0) {
      lines.add(
          "assumed: "
              + Count.of(tally.otherFrameCounts(), "row")
              + " with the walk of the source, which has another number of poses and the same end");
    }
    if (tally.unplacedBoxes() > 0) {
      lines.add(
          "assumed: "
              + Count.of(tally.unplacedBoxes(), "row")
              + " without a snippet pose, so the first pose of the walk places their boxes");
    }
    if (tally.counts().get(JoinTally.Field.POINTS).get(JoinTally.Origin.VIN) > 0) {
      lines.add(
          "assumed: where the source has no points, those of the VIN store and the extent around"
              + " them");
    }
    lines.add("assumed: the walk, the cameras, the volume, the mesh are those of the source");
    return lines;
  }

  /** What a store holds. */
  public static List<String> lines(VinStoreDescription store) {
    List<String> lines = new ArrayList<>();
    TextTable facts = new TextTable(2);
    facts.row("Format", "VIN offline store, version " + store.manifest().version());
    facts.row("Hash", store.manifest().sourceManifestHash());
    facts.row("Split policy", store.manifest().splitPolicy());
    facts.row("Interrupted", store.manifest().stats().interrupted() ? "yes" : "no");
    facts.row("Shards", count(store.manifest().shardCount()));
    facts.row("Rows", count(store.rows()));
    store.splits().forEach((split, rows) -> facts.row("  in " + split, count(rows)));
    lines.addAll(facts.lines());
    lines.add("");
    TextTable scenes = new TextTable(2);
    scenes.row("Scene", "rows");
    scenes.rule();
    store.scenes().forEach(scene -> scenes.row(scene.sceneId(), splits(scene.splits())));
    lines.addAll(scenes.lines());
    lines.add("");
    TextTable blocks = new TextTable(5);
    blocks.row("Block", "type", "shape of a row", "in shards", "read for");
    blocks.rule();
    store
        .blocks()
        .forEach(
            block ->
                blocks.row(
                    block.name(),
                    block.type(),
                    block.rowShape().toString(),
                    count(block.shards()),
                    block.use()));
    lines.addAll(blocks.lines());
    return lines;
  }

  private static String splits(Map<String, Integer> rows) {
    return rows.entrySet().stream()
        .map(split -> split.getKey() + " " + count(split.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String keys(List<String> keys) {
    String more = keys.size() > MAX_KEYS ? " and " + (keys.size() - MAX_KEYS) + " more" : "";
    return keys.stream().limit(MAX_KEYS).collect(Collectors.joining(", ")) + more;
  }
}
