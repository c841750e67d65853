package org.nbvrollouts.store.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutLineageBuilder;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.schema.TargetInvalidReason;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** Renumbering of targets and the rows of {@code targets} (specification store 4.4 and 2.13). */
final class TargetTable {
  private static final int KNOWN_BITS = (1 << TargetInvalidReason.values().length) - 1;

  private final Map<Key, Long> ids = new HashMap<>();
  private final Map<Long, Map<String, Object>> targets = new TreeMap<>();

  private record Key(
      long sourceRowId, String targetId, String matchedId, long matchedRow, long local) {}

  /**
   * Gives the target of a record its dense id, in order of first use, and keeps its facts, which
   * must not contradict those of earlier records. Records without chains stay as they are.
   */
  RolloutZarrRecord add(RolloutZarrRecord record) {
    if (record.result().trajectories().isEmpty()) {
      return record;
    }
    RolloutLineage lineage = record.lineage();
    Key key =
        new Key(
            lineage.sourceRowId(),
            Dictionaries.orEmpty(lineage.targetId()),
            Dictionaries.orEmpty(lineage.matchedGtTargetId()),
            orMinusOne(lineage.matchedGtTargetRowId()),
            lineage.targetSourceIndex() != null
                ? lineage.targetSourceIndex()
                : orMinusOne(lineage.targetRowId()));
    long id = ids.computeIfAbsent(key, unseen -> (long) ids.size());
    RolloutZarrRecord renumbered =
        new RolloutZarrRecord(record.result(), withTarget(lineage, id), record.rolloutIdPrefix());
    merge(targets.computeIfAbsent(id, unseen -> new LinkedHashMap<>()), renumbered);
    return renumbered;
  }

  private static long orMinusOne(Long value) {
    return value == null ? -1 : value;
  }

  private static RolloutLineage withTarget(RolloutLineage lineage, long id) {
    RolloutLineageBuilder builder = new RolloutLineageBuilder(lineage).targetRowId(id);
    if (lineage.targetSourceIndex() == null && lineage.targetRowId() != null) {
      builder.targetSourceIndex(Math.toIntExact(lineage.targetRowId()));
    }
    return builder.build();
  }

  /** One row per target in id order. */
  void write(Dictionaries dictionaries, TableRows rows) {
    targets.forEach((id, facts) -> writeRow(id, facts, dictionaries, rows));
  }

  private static void merge(Map<String, Object> merged, RolloutZarrRecord record) {
    facts(record.lineage())
        .forEach(
            (column, value) -> {
              Object known = merged.putIfAbsent(column, value);
              if (known != null && value != null && !Objects.equals(known, value)) {
                throw new InvalidContentException(
                    "Cannot write target: two rollouts disagree on %s (target=%s, first=%s, second=%s, rollout=%s)"
                        .formatted(
                            column,
                            Dictionaries.targetName(record.lineage()),
                            known,
                            value,
                            record.rolloutIdPrefix()));
              }
            });
  }

  private static Map<String, Object> facts(RolloutLineage lineage) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("target_id", Dictionaries.targetName(lineage));
    facts.put("target_selection_policy_id", lineage.targetSelectionPolicy());
    facts.put("target_selection_rank", lineage.targetSelectionRank());
    facts.put("target_selection_score", lineage.targetSelectionScore());
    facts.put("target_selection_probability", lineage.targetSelectionProbability());
    facts.put("target_selection_temperature", lineage.targetSelectionTemperature());
    facts.put("target_source_id", lineage.targetSource());
    facts.put("target_source_index", lineage.targetSourceIndex());
    facts.put("target_sem_id", lineage.targetSemId());
    facts.put("target_inst_id", lineage.targetInstId());
    facts.put("target_class_name_id", lineage.targetClassName());
    facts.put("target_confidence", lineage.targetConfidence());
    facts.put("target_projected_area_pixels", lineage.targetProjectedAreaPixels());
    facts.put("target_projected_area_fraction", lineage.targetProjectedAreaFraction());
    facts.put("target_effective_support_count", lineage.targetEffectiveSupportCount());
    facts.put("target_visibility_score", lineage.targetVisibilityScore());
    facts.put("target_support_score", lineage.targetSupportScore());
    facts.put("target_deficit_score", lineage.targetDeficitScore());
    facts.put("target_semidense_support_count", lineage.targetSemidenseSupportCount());
    facts.put("target_evl_support_count", lineage.targetEvlSupportCount());
    facts.put("target_center_world", lineage.targetCenterWorld());
    facts.put("target_extents", lineage.targetExtents());
    facts.put("target_pose_world_object", lineage.targetPoseWorldObject());
    facts.put("target_relative_pose_reference_object", lineage.targetRelativePoseReferenceObject());
    facts.put("target_invalid_reason_bitset", lineage.targetInvalidReasonBitset());
    facts.put("target_primary_invalid_reason", lineage.targetPrimaryInvalidReason());
    facts.put("target_reason_code_version_id", lineage.targetReasonCodeVersion());
    facts.put("matched_gt_target_row_id", lineage.matchedGtTargetRowId());
    facts.put("matched_gt_target_id", lineage.matchedGtTargetId());
    facts.put("gt_match_iou", lineage.gtMatchIou());
    facts.put("gt_match_score", lineage.gtMatchScore());
    facts.put("gt_match_status_id", lineage.gtMatchStatus());
    facts.put("target_crop_policy_id", lineage.targetCropPolicy());
    return facts;
  }

  private static void writeRow(
      long id, Map<String, Object> facts, Dictionaries dictionaries, TableRows rows) {
    rows.set("target_row_id", id);
    long bitset = facts.get("target_invalid_reason_bitset") instanceof Integer bits ? bits : 1;
    if (bitset < 0 || bitset > KNOWN_BITS) {
      throw new InvalidContentException(
          "Cannot write target: unknown reason bits (target=%s, bitset=%d, expected at most %d)"
              .formatted(facts.get("target_id"), bitset, KNOWN_BITS));
    }
    String status =
        Objects.requireNonNullElse(
            (String) facts.get("gt_match_status_id"), Dictionaries.NOT_REQUESTED);
    boolean matched = facts.get("matched_gt_target_row_id") instanceof Long row && row >= 0;
    rows.setTruth("target_valid_mask", bitset == TargetInvalidReason.VALID.mask());
    rows.setTruth(
        "gt_label_valid_mask", matched && StoreSchema.LABEL_MATCH_STATUSES.contains(status));
    facts.forEach(
        (column, value) -> {
          switch (column) {
            case "target_invalid_reason_bitset" -> rows.set(column, bitset);
            case "target_source_id" ->
                rows.set(
                    column, dictionaries.id("target_source", Dictionaries.orEmpty((String) value)));
            case "target_class_name_id" ->
                rows.set(
                    column, dictionaries.id("class_name", Dictionaries.orEmpty((String) value)));
            case "gt_match_status_id" ->
                rows.set(column, dictionaries.id("target_match_status", status));
            default -> writeFact(column, value, dictionaries, rows);
          }
        });
    rows.endRow();
  }

  private static void writeFact(
      String column, Object value, Dictionaries dictionaries, TableRows rows) {
    var spec = StoreSchema.current().array("targets/" + column).orElseThrow();
    if (spec.dictionary().isPresent()) {
      rows.set(column, dictionaries.id(spec.dictionary().get(), (String) value));
    } else if (spec.shape().size() > 1) {
      rows.setVector(column, vector(value));
    } else {
      rows.setOrMissing(column, (Number) value);
    }
  }

  private static double[] vector(Object value) {
    if (value instanceof Point3 point) {
      return new double[] {point.x(), point.y(), point.z()};
    }
    return value instanceof Pose12 pose ? Arrays.copyOf(pose.toArray(), Pose12.LENGTH) : null;
  }
}
