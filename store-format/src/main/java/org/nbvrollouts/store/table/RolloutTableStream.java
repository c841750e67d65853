package org.nbvrollouts.store.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutStoreManifestContext;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * Makes the 193 arrays, the attributes and the manifest from records that come one by one, in their
 * order, and may be garbage afterwards (specification store 4). Rows of the large tables leave in
 * blocks of a few MiB; what stays is small: rows of chains and steps, facts of sources and targets,
 * texts. Dictionary ids are final only at the end, so such columns of large tables, and those that
 * {@code q_h} is derived from, are put aside until then. For one thread.
 *
 * <p>A record that breaks a rule is an {@link InvalidContentException} naming the rollout: a
 * missing source row id, a chosen candidate that is invalid, contradicting facts of one source or
 * target, two rollouts of one id, a trainable candidate without a finite target RRI, a valid
 * candidate with a failure reason, a depth image of another size, a number that its column cannot
 * hold. The stream must not be used after a failure.
 */
public final class RolloutTableStream {
  private static final long BLOCK_BYTES = 4 << 20;
  private static final int VIEW_BLOCK_STATES = 1024;
  private static final List<String> LARGE_TABLES =
      List.of("candidates", "candidate_diagnostics", "selected_depth", "target_eval_crops");
  private static final List<String> SMALL_TABLES =
      List.of("sources", "lineage", "targets", "rollouts", "steps");

  /** Candidate columns that {@code q_h} repeats. */
  private static final Set<String> VIEWED =
      Set.of(
          "candidates/actor_action_mask",
          "candidates/q_train_mask",
          "candidates/position_id",
          "candidates/target_rri",
          "candidates/target_root_gain",
          "candidates/invalid_reason_bitset");

  private final RolloutZarrStoreConfig config;
  private final TableSink sink;
  private final Dictionaries dictionaries = new Dictionaries();
  private final TargetTable targets = new TargetTable();
  private final StoreManifest manifest = new StoreManifest();
  private final TreeSet<String> splits = new TreeSet<>();
  private final RolloutFlattener flattener;
  private final Map<ArraySpec, TableSink.KeptColumn> kept = new LinkedHashMap<>();

  public RolloutTableStream(RolloutZarrStoreConfig config, TableSink sink) {
    this.config = config;
    this.sink = sink;
    this.flattener = new RolloutFlattener(dictionaries, config);
  }

  /** Adds a record behind those before. */
  public void append(RolloutZarrRecord record) throws InterruptedException {
    checkLineage(record);
    manifest.add(record.lineage());
    if (!record.result().trajectories().isEmpty()) {
      splits.add(Dictionaries.splitName(record.lineage()));
    }
    dictionaries.collect(record);
    flattener.write(targets.add(record), this::passLargeBlocks);
  }

  /**
   * Ends the stream: everything that is not with the sink yet goes there.
   *
   * @param context what the manifest says beside the content
   */
  public StoreDescription finish(RolloutStoreManifestContext context) throws InterruptedException {
    for (String group : LARGE_TABLES) {
      pass(group);
    }
    passClouds();
    targets.write(dictionaries, flattener.table("targets"));
    Map<String, TypedArray> small = new LinkedHashMap<>();
    for (String group : SMALL_TABLES) {
      flattener.table(group).take().forEach((spec, rows) -> small.put(spec.path(), rows));
    }
    Map<String, List<String>> texts = dictionaries.all();
    small.replaceAll((path, rows) -> withFinalIds(spec(path), rows));
    for (Map.Entry<String, TypedArray> array : small.entrySet()) {
      sink.rows(spec(array.getKey()), array.getValue());
    }
    passTexts(texts);
    passKeptIds();
    passView(small);
    StoreCounts counts = counts(small);
    Map<String, Object> root =
        StoreAttributes.root(
            config, counts, splits.size() == 1 ? splits.first() : "mixed", context.createdAtUtc());
    return new StoreDescription(
        config, counts, root, manifest.toJson(root, counts, texts, context));
  }

  private void checkLineage(RolloutZarrRecord record) {
    RolloutLineage lineage = record.lineage();
    String problem = null;
    if (lineage.sourceRowId() == null) {
      problem = "source_row_id is not set";
    } else if (lineage.targetInvalidReasonBitset() == null
        && config.targetProtocolVersion().replace('-', '_').startsWith("v1")) {
      problem = "target_invalid_reason_bitset is not set (expected with observed targets)";
    }
    if (problem != null) {
      throw new InvalidContentException(
          "Cannot write rollout: %s (rollout=%s)".formatted(problem, record.rolloutIdPrefix()));
    }
  }

  private static ArraySpec spec(String path) {
    return StoreSchema.current().array(path).orElseThrow();
  }

  private void passLargeBlocks() throws InterruptedException {
    for (String group : LARGE_TABLES) {
      if (flattener.table(group).pendingBytes() >= BLOCK_BYTES) {
        pass(group);
      }
    }
    if (flattener.artifacts().pendingBytes() >= BLOCK_BYTES) {
      passClouds();
    }
  }

  private void pass(String group) throws InterruptedException {
    for (Map.Entry<ArraySpec, TypedArray> column : flattener.table(group).take().entrySet()) {
      ArraySpec spec = column.getKey();
      boolean provisional = spec.dictionary().isPresent();
      if (provisional || VIEWED.contains(spec.path())) {
        kept.computeIfAbsent(spec, sink::keep).append(column.getValue());
      }
      if (!provisional) {
        sink.rows(spec, column.getValue());
      }
    }
  }

  private void passClouds() throws InterruptedException {
    for (Map.Entry<ArraySpec, ArrayRows> column : flattener.artifacts().takeClouds().entrySet()) {
      sink.rows(column.getKey(), column.getValue());
    }
  }

  private void passTexts(Map<String, List<String>> texts) throws InterruptedException {
    for (Map.Entry<String, TypedArray> array : StoreAttributes.metadata(config).entrySet()) {
      sink.rows(spec(array.getKey()), array.getValue());
    }
    for (Map.Entry<String, List<String>> text : texts.entrySet()) {
      sink.rows(spec("dictionaries/" + text.getKey()), TypedArray.ofStrings(text.getValue()));
    }
    sink.rows(
        spec("targets/target_protocol_version"),
        TypedArray.ofStrings(List.of(config.targetProtocolVersion())));
    sink.rows(
        spec("target_eval_crops/source_role_names"),
        TypedArray.ofStrings(List.of("current_eval", "candidate_eval")));
    sink.rows(
        spec("target_eval_crops/crop_policy_dictionary"),
        TypedArray.ofStrings(texts.get("config")));
  }

  private TypedArray withFinalIds(ArraySpec spec, TypedArray rows) {
    // Rollouts are not sorted: their id is their row from the start.
    if (spec.dictionary().isEmpty() || spec.dictionary().get().equals("rollout")) {
      return rows;
    }
    int[] ids = dictionaries.finalIds(spec.dictionary().get());
    TypedArrayBuilder changed = new TypedArrayBuilder(spec.type()).reserve(rows.size());
    for (int row = 0; row < rows.rows(); row++) {
      int id = rows.intAt(row);
      changed.add((long) (id < 0 ? id : ids[id]));
    }
    return changed.build(rows.rows());
  }

  private int rowsOf(ArraySpec spec) {
    return flattener.table(spec.group()).rows();
  }

  private void passKeptIds() throws InterruptedException {
    for (Map.Entry<ArraySpec, TableSink.KeptColumn> column : kept.entrySet()) {
      ArraySpec spec = column.getKey();
      if (spec.dictionary().isPresent()) {
        int block = (int) (BLOCK_BYTES / spec.type().bytes());
        int first = 0;
        do {
          int count = Math.min(block, rowsOf(spec) - first);
          sink.rows(spec, withFinalIds(spec, column.getValue().rows(first, count)));
          first += count;
        } while (first < rowsOf(spec));
      }
    }
  }

  private void passView(Map<String, TypedArray> small) throws InterruptedException {
    Map<String, Elements> tables = new LinkedHashMap<>(small);
    kept.forEach(
        (spec, column) ->
            tables.put(
                spec.path(),
                new PagedElements(
                    spec.type(),
                    List.of(rowsOf(spec)),
                    (int) (BLOCK_BYTES / spec.type().bytes()),
                    column::rows)));
    tables.put("candidates/candidate_row_id", new RowNumbers(flattener.table("candidates").rows()));
    QhView view = QhView.ofNewStore(tables::get, config.discountGamma());
    int first = 0;
    do {
      int count = Math.min(VIEW_BLOCK_STATES, view.states() - first);
      for (Map.Entry<String, TypedArray> column : view.rows(first, count).entrySet()) {
        sink.rows(spec("q_h/" + column.getKey()), column.getValue());
      }
      first += count;
    } while (first < view.states());
  }

  private StoreCounts counts(Map<String, TypedArray> small) {
    int steps = flattener.table("steps").rows();
    return new StoreCounts(
        flattener.table("sources").rows(),
        flattener.table("targets").rows(),
        flattener.table("rollouts").rows(),
        steps,
        flattener.table("candidates").rows(),
        flattener.table("candidate_diagnostics").rows(),
        flattener.table("selected_depth").rows(),
        flattener.table("target_eval_crops").rows(),
        steps,
        flattener.widestShell(),
        StoreCounts.longestHorizon(small.get("rollouts/horizon")));
  }
}
