package org.nbvrollouts.pipeline.target;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;

/** A box table of a sample, moved to the world, that names and describes its rows. */
final class WorldBoxTable {
  /** Name of the detector's table. */
  static final String DETECTED = "detected_obbs";

  /** Name of the ground-truth table where targets come from it. */
  static final String GROUND_TRUTH = "gt_obbs_oracle";

  /** Name of the ground-truth table where targets are matched to it. */
  static final String MATCHED_GROUND_TRUTH = "gt_obbs";

  private final String name;
  private final SampleIdentity sample;
  private final Optional<Pose12> referenceFromWorld;
  private final Map<Integer, String> classNames;
  private final List<WorldBox> boxes;

  private WorldBoxTable(String name, BoxTable table, SourceSample sample) {
    this.name = name;
    this.sample = sample.identity();
    referenceFromWorld = sample.actor().referencePoseWorldRig().map(Pose12::inverse);
    classNames = table.classNames();
    Pose12 worldFromTable = worldFromTable(table, sample);
    boxes =
        table.boxes().stream()
            .map(box -> new WorldBox(box, worldFromTable.compose(box.tableFromObject())))
            .toList();
  }

  /**
   * The detector's boxes. A sample carries one table of them, whether compact or from cached
   * detector output.
   */
  static Optional<WorldBoxTable> detected(SourceSample sample) {
    return sample.actor().detected().map(table -> new WorldBoxTable(DETECTED, table, sample));
  }

  /** The ground-truth boxes under one of their two names. */
  static Optional<WorldBoxTable> groundTruth(String name, SourceSample sample) {
    return sample.oracle().groundTruth().map(table -> new WorldBoxTable(name, table, sample));
  }

  private static Pose12 worldFromTable(BoxTable table, SourceSample sample) {
    return table.frame() == BoxTable.Frame.WORLD
        ? Pose12.IDENTITY
        : sample
            .actor()
            .worldFromSnippet()
            .orElseGet(() -> sample.actor().trajectory().worldFromRig().get(0));
  }

  /** Rows in table order, padding left out. */
  List<WorldBox> boxes() {
    return boxes;
  }

  /** Identity of a row across stores (specification generation 3.2). */
  String targetId(OrientedBox box) {
    return targetId(sample, name, box);
  }

  static String targetId(SampleIdentity sample, String table, OrientedBox box) {
    return sample.sceneId()
        + ":"
        + sample.snippetId()
        + ":"
        + table
        + ":sem="
        + box.semanticId()
        + ":inst="
        + box.instanceId()
        + ":idx="
        + box.sourceIndex();
  }

  /** A row as stores keep it. */
  TargetRow row(WorldBox box) {
    OrientedBox source = box.box();
    return new TargetRow(
        targetId(source),
        name,
        source.sourceIndex(),
        source.semanticId(),
        source.instanceId(),
        Optional.ofNullable(classNames.get(source.semanticId())),
        source.confidence(),
        box.centreWorld(),
        box.extentsMetres(),
        box.worldFromObject(),
        referenceFromWorld.map(reference -> reference.compose(box.worldFromObject())));
  }

  /** A ground-truth row as the oracle takes it, under its name as a match. */
  OracleTarget oracleTarget(WorldBox box) {
    return new OracleTarget(
        targetId(sample, MATCHED_GROUND_TRUTH, box.box()),
        box.box().sourceIndex(),
        box.worldFromObject(),
        box.boundsObject());
  }
}
