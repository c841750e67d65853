package org.nbvrollouts.pipeline.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.pipeline.random.StateKeyedSeeds;
import org.nbvrollouts.pipeline.target.ActorTarget;
import org.nbvrollouts.pipeline.target.OracleSamplingPolicy;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.pipeline.target.OracleTargetSamplerConfig;
import org.nbvrollouts.pipeline.target.SelectedTarget;
import org.nbvrollouts.pipeline.target.TargetDraw;
import org.nbvrollouts.pipeline.target.TargetMatch;
import org.nbvrollouts.pipeline.target.TargetReasons;
import org.nbvrollouts.pipeline.target.TargetRow;
import org.nbvrollouts.pipeline.target.TargetScores;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SourceSample;

/** Targets taken from true boxes (specification generation 3.1). */
public final class TargetReplay {
  private static final double LEAST_FACE_M2 = 1e-4;
  private static final double LEAST_PROBABILITY = 1e-12;

  private final OracleTargetSamplerConfig config;
  private final SourceSample sample;
  private final List<PlacedBox> boxes = new ArrayList<>();

  /** A box and its pose in the world. */
  record PlacedBox(OrientedBox box, Pose12 worldFromObject) {

    boolean isMeasurable() {
      return box.isFinite() && box.extent(0) > 0 && box.extent(1) > 0 && box.extent(2) > 0;
    }

    boolean hasFaces() {
      return box.extent(0) * box.extent(1) >= LEAST_FACE_M2
          && box.extent(1) * box.extent(2) >= LEAST_FACE_M2
          && box.extent(2) * box.extent(0) >= LEAST_FACE_M2;
    }

    double volume() {
      return box.extent(0) * box.extent(1) * box.extent(2);
    }

    Point3 centre() {
      double x = 0.5 * (box.min(0) + box.max(0));
      double y = 0.5 * (box.min(1) + box.max(1));
      double z = 0.5 * (box.min(2) + box.max(2));
      return new Point3(
          worldFromObject.applyX(x, y, z),
          worldFromObject.applyY(x, y, z),
          worldFromObject.applyZ(x, y, z));
    }
  }

  private TargetReplay(OracleTargetSamplerConfig config, SourceSample sample) {
    this.config = config;
    this.sample = sample;
    sample.oracle().groundTruth().ifPresent(this::place);
  }

  private void place(BoxTable table) {
    Pose12 snippet =
        sample.actor().worldFromSnippet().orElse(sample.actor().trajectory().worldFromRig().get(0));
    Pose12 worldFromTable = table.frame() == BoxTable.Frame.WORLD ? Pose12.IDENTITY : snippet;
    table
        .boxes()
        .forEach(
            box -> boxes.add(new PlacedBox(box, worldFromTable.compose(box.tableFromObject()))));
  }

  /** The targets of a sample in their order. */
  public static List<SelectedTarget> targets(
      OracleTargetSamplerConfig config, SourceSample sample) {
    return new TargetReplay(config, sample).targets();
  }

  private List<SelectedTarget> targets() {
    List<PlacedBox> order = new ArrayList<>();
    for (PlacedBox box : boxes) {
      if (box.isMeasurable() && isKnownFromOthers(box)) {
        order.add(box);
      }
    }
    long seed = StateKeyedSeeds.derive("targets", config.seed(), sample.identity().sampleKey());
    CounterRandom random = new CounterRandom(seed);
    int number = 0;
    for (int last = order.size() - 1; last > 0; last--) {
      int other = (int) (random.doubleAt(number++) * (last + 1));
      PlacedBox moved = order.set(other, order.get(last));
      order.set(last, moved);
    }
    int taken = Math.min(config.maxTargetsPerSample().orElse(order.size()), order.size());
    EvidenceReplay evidence = new EvidenceReplay(config.evidence(), sample.actor());
    List<SelectedTarget> targets = new ArrayList<>();
    for (int rank = 0; rank < taken; rank++) {
      targets.add(target(order.get(rank), rank, (double) taken / order.size(), evidence));
    }
    return targets;
  }

  private boolean asksForIdentity() {
    return config.policy() == OracleSamplingPolicy.ORACLE_IDENTITY_VALID_UNIFORM;
  }

  private boolean isKnownFromOthers(PlacedBox box) {
    if (!asksForIdentity()) {
      return true;
    }
    double[] overlaps =
        boxes.stream()
            .filter(PlacedBox::isMeasurable)
            .mapToDouble(other -> overlap(box, other))
            .map(iou -> -iou)
            .sorted()
            .toArray();
    double best = -overlaps[0];
    double second = overlaps.length > 1 ? -overlaps[1] : 0;
    return best > 0
        && best >= config.minIdentityIou()
        && best - second > config.identityAmbiguityGap();
  }

  private double identity(PlacedBox box) {
    return asksForIdentity()
        ? boxes.stream()
            .filter(PlacedBox::isMeasurable)
            .mapToDouble(other -> overlap(box, other))
            .max()
            .orElse(0)
        : 1;
  }

  /** Intersection over union by samples, 0 if a face is too small (specification 3.5). */
  private double overlap(PlacedBox a, PlacedBox b) {
    if (!a.hasFaces() || !b.hasFaces()) {
      return 0;
    }
    double samples = Math.pow(config.identityIouSamples(), 3);
    double shared = (a.volume() * samplesInside(a, b) + b.volume() * samplesInside(b, a)) / 2;
    return shared / (a.volume() * samples + b.volume() * samples - shared);
  }

  private int samplesInside(PlacedBox a, PlacedBox b) {
    int n = config.identityIouSamples();
    Pose12 p = b.worldFromObject().inverse().compose(a.worldFromObject());
    int inside = 0;
    for (int i = 0; i < n * n * n; i++) {
      double x = cell(a.box(), 0, i % n);
      double y = cell(a.box(), 1, i / n % n);
      double z = cell(a.box(), 2, i / n / n);
      double[] local = {p.applyX(x, y, z), p.applyY(x, y, z), p.applyZ(x, y, z)};
      boolean isInside = true;
      for (int axis = 0; axis < 3; axis++) {
        isInside &= local[axis] >= b.box().min(axis) && local[axis] <= b.box().max(axis);
      }
      inside += isInside ? 1 : 0;
    }
    return inside;
  }

  private double cell(OrientedBox box, int axis, int cell) {
    return box.min(axis) + (cell + 0.5) * box.extent(axis) / config.identityIouSamples();
  }

  private SelectedTarget target(
      PlacedBox placed, int rank, double probability, EvidenceReplay evidence) {
    OrientedBox box = placed.box();
    double iou = identity(placed);
    String match = id("gt_obbs", box);
    TargetRow row = row(placed);
    return new SelectedTarget(
        new ActorTarget(row.targetId(), rank, placed.centre(), evidence.count(placed)),
        Optional.of(
            new OracleTarget(match, box.sourceIndex(), placed.worldFromObject(), bounds(box))),
        row,
        new TargetScores(
            config.policy().key(),
            rank,
            iou,
            new TargetDraw(
                probability,
                StrictMath.log(Math.max(probability, LEAST_PROBABILITY)),
                OptionalDouble.empty()),
            OptionalDouble.empty(),
            1,
            1,
            0),
        new TargetMatch(
            "matched", OptionalLong.of(box.sourceIndex()), Optional.of(match), iou, iou),
        new TargetReasons(1));
  }

  private TargetRow row(PlacedBox placed) {
    OrientedBox box = placed.box();
    Map<Integer, String> names = sample.oracle().groundTruth().orElseThrow().classNames();
    return new TargetRow(
        id("gt_obbs_oracle", box),
        "gt_obbs_oracle",
        box.sourceIndex(),
        box.semanticId(),
        box.instanceId(),
        Optional.ofNullable(names.get(box.semanticId())),
        box.confidence(),
        placed.centre(),
        new Point3(box.extent(0), box.extent(1), box.extent(2)),
        placed.worldFromObject(),
        sample
            .actor()
            .referencePoseWorldRig()
            .map(reference -> reference.inverse().compose(placed.worldFromObject())));
  }

  private static AxisAlignedBox bounds(OrientedBox box) {
    return new AxisAlignedBox(
        box.min(0), box.max(0), box.min(1), box.max(1), box.min(2), box.max(2));
  }

  private String id(String table, OrientedBox box) {
    return String.format(
        Locale.ROOT,
        "%s:%s:%s:sem=%d:inst=%d:idx=%d",
        sample.identity().sceneId(),
        sample.identity().snippetId(),
        table,
        box.semanticId(),
        box.instanceId(),
        box.sourceIndex());
  }
}
