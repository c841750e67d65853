package org.nbvrollouts.store.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.RolloutTrajectory;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * The string dictionaries of a store (specification store 2.8), while records come in. Sorted ids
 * are known only at the end, so an id is provisional until then: {@link #finalIds} translates.
 */
final class Dictionaries {
  static final String UNKNOWN_TARGET = "unknown-target";
  static final String UNKNOWN = "unknown";
  static final String NOT_REQUESTED = "not_requested";

  private final Map<String, Set<String>> members = new LinkedHashMap<>();
  private final Set<String> rolloutIds = new LinkedHashSet<>();
  private final Map<String, Map<String, Integer>> provisional = new HashMap<>();

  Dictionaries() {
    for (String name : StoreSchema.current().dictionaries()) {
      members.put(name, new TreeSet<>(CanonicalJson.CODE_POINT_ORDER));
      provisional.put(name, new LinkedHashMap<>());
    }
  }

  /** Adds the texts of a record. */
  void collect(RolloutZarrRecord record) {
    RolloutLineage lineage = record.lineage();
    add("scene", orEmpty(lineage.sceneId()));
    add("snippet", IdentifierCompaction.compactOrEmpty(lineage.snippetId()));
    add("source_key", IdentifierCompaction.compactOrEmpty(lineage.sourceSampleKey()));
    add("source_shard", orEmpty(lineage.sourceShardId()));
    add("target", targetName(lineage));
    addIfSet("target", lineage.matchedGtTargetId());
    add("target_source", orEmpty(lineage.targetSource()));
    add("policy", record.result().selectionPolicy());
    addIfSet("policy", lineage.targetSelectionPolicy());
    add("split", splitName(lineage));
    add("class_name", lineage.targetClassName() == null ? UNKNOWN : lineage.targetClassName());
    add("target_match_status", matchStatus(lineage));
    configTexts(lineage).forEach(text -> addNonEmpty("config", text));
    for (int chain = 0; chain < record.result().trajectories().size(); chain++) {
      String id = rolloutId(record, chain);
      if (!rolloutIds.add(id)) {
        throw new InvalidContentException(
            "Cannot write rollouts: two have the same id (rollout=" + id + ")");
      }
      RolloutTrajectory trajectory = record.result().trajectories().get(chain);
      add("termination_reason", terminationReason(trajectory, record.result().horizon()));
      trajectory.steps().forEach(this::collect);
    }
  }

  private void collect(RolloutStepRecord step) {
    add("policy", step.selectionPolicy());
    add("score_source", step.selectionScoreLabel());
    step.evalCrops().ifPresent(crops -> addNonEmpty("config", crops.cropPolicy()));
  }

  private static List<String> configTexts(RolloutLineage lineage) {
    List<String> texts = new ArrayList<>();
    Collections.addAll(
        texts,
        lineage.candidateConfigHash(),
        lineage.oracleConfigHash(),
        lineage.rolloutConfigHash(),
        lineage.modelCheckpointHash(),
        lineage.meshVersion(),
        lineage.sourceCacheVersion(),
        lineage.sourceOfflineStoreManifestHash(),
        lineage.splitManifestHash(),
        lineage.branchScheduleId(),
        lineage.targetProtocolVersion(),
        lineage.targetCropPolicy(),
        lineage.targetReasonCodeVersion(),
        lineage.reasonCodeVersion(),
        lineage.selectionRngStateHash());
    return texts;
  }

  static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  static String targetName(RolloutLineage lineage) {
    return lineage.targetId() == null || lineage.targetId().isEmpty()
        ? UNKNOWN_TARGET
        : lineage.targetId();
  }

  static String splitName(RolloutLineage lineage) {
    return lineage.split() == null ? UNKNOWN : lineage.split();
  }

  static String matchStatus(RolloutLineage lineage) {
    return lineage.gtMatchStatus() == null ? NOT_REQUESTED : lineage.gtMatchStatus();
  }

  /** Text id of one chain (specification store 4.5). */
  static String rolloutId(RolloutZarrRecord record, int chain) {
    return String.format(Locale.ROOT, "%s-%06d", record.rolloutIdPrefix(), chain);
  }

  /** Why a chain ended (specification store 3.6). */
  static String terminationReason(RolloutTrajectory trajectory, int horizon) {
    if (trajectory.terminatedEarly()) {
      return "terminated_early";
    }
    return trajectory.steps().size() >= horizon ? "fixed_horizon" : "incomplete_rollout";
  }

  private void add(String dictionary, String value) {
    members.get(dictionary).add(value);
  }

  private void addIfSet(String dictionary, String value) {
    if (value != null) {
      add(dictionary, value);
    }
  }

  private void addNonEmpty(String dictionary, String value) {
    if (value != null && !value.isEmpty()) {
      add(dictionary, value);
    }
  }

  /** Provisional id of a value, or −1 if it is unset. */
  int id(String dictionary, String value) {
    if (value == null) {
      return -1;
    }
    Map<String, Integer> ids = provisional.get(dictionary);
    return ids.computeIfAbsent(value, unseen -> ids.size());
  }

  /** Final id of each provisional one; −1 for a value that is no member. */
  int[] finalIds(String dictionary) {
    Map<String, Integer> sorted = new HashMap<>();
    for (String member : members.get(dictionary)) {
      sorted.put(member, sorted.size());
    }
    int[] ids = new int[provisional.get(dictionary).size()];
    provisional.get(dictionary).forEach((value, id) -> ids[id] = sorted.getOrDefault(value, -1));
    return ids;
  }

  /** Entries of all dictionaries in index order. */
  Map<String, List<String>> all() {
    Map<String, List<String>> entries = new LinkedHashMap<>();
    members.forEach(
        (name, values) ->
            entries.put(name, List.copyOf(name.equals("rollout") ? rolloutIds : values)));
    return entries;
  }
}
