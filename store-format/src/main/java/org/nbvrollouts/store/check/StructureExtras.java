package org.nbvrollouts.store.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.Axis;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.schema.TargetInvalidReason;
import org.nbvrollouts.store.table.Elements;
import org.nbvrollouts.store.table.StoreCounts;

/** Strict extras over arrays, dictionaries and manifest: X1, X2, X3, X9, X11, X13. */
final class StructureExtras {
  private static final long UNKNOWN = -1;

  private final CheckContext context;
  private final Map<Axis.Extent, Long> extents = new EnumMap<>(Axis.Extent.class);

  StructureExtras(CheckContext context) {
    this.context = context;
  }

  void run() {
    if (!StoreSchema.ROLLOUT_ZARR_SCHEMA_ID.equals(context.root("schema_id"))) {
      context.fail("X1", "", -1, "schema_id is " + context.root("schema_id"));
    }
    measure();
    StoreSchema.current()
        .arrays()
        .forEach(spec -> context.check("X2", spec.path(), () -> array(spec)));
    context.check("X2", "", this::consolidated);
    context.check("X2", "", this::container);
    for (String path :
        List.of(
            "rollouts/rollout_row_id",
            "steps/step_row_id",
            "candidates/candidate_row_id",
            "targets/target_row_id")) {
      context.check("X3", path, () -> dense(path));
    }
    StoreSchema.current()
        .dictionaries()
        .forEach(name -> context.check("X9", "dictionaries/" + name, () -> decode(name)));
    StoreSchema.current().arrays().stream()
        .filter(spec -> spec.dictionary().isPresent())
        .forEach(spec -> context.check("X9", spec.path(), () -> idsInRange(spec)));
    context.check("X11", StoreSchema.ROLLOUT_MANIFEST_FILENAME, this::manifest);
    knownBits("candidates/invalid_reason_bitset", InvalidReason.values().length);
    knownBits("targets/target_invalid_reason_bitset", TargetInvalidReason.values().length);
    if (!InvalidReason.VERSION.equals(context.root("reason_code_version"))) {
      context.fail("X13", "", -1, "reason_code_version is " + context.root("reason_code_version"));
    }
  }

  private void consolidated() {
    for (String path : context.store().inconsistentDocuments()) {
      context.fail("X2", path, -1, "consolidated metadata differs from the node's own document");
    }
  }

  private void container() {
    context.store().containerDamage().forEach(damage -> context.fail("X2", "", -1, damage));
  }

  private void measure() {
    Map<Axis.Extent, String> keys = new LinkedHashMap<>();
    keys.put(Axis.Extent.SOURCES, "sources/source_row_id");
    keys.put(Axis.Extent.TARGETS, "targets/target_row_id");
    keys.put(Axis.Extent.ROLLOUTS, "rollouts/rollout_row_id");
    keys.put(Axis.Extent.STEPS, "steps/step_row_id");
    keys.put(Axis.Extent.CANDIDATES, "candidates/candidate_row_id");
    keys.put(Axis.Extent.SELECTED_DEPTHS, "selected_depth/step_row_id");
    keys.put(Axis.Extent.EVAL_CROPS, "target_eval_crops/crop_row_id");
    keys.forEach(
        (extent, path) ->
            context.check("X2", path, () -> extents.put(extent, (long) context.rows(path))));
    extents.put(Axis.Extent.SHELL, context.rootNumber("q_h_max_candidates"));
    extents.put(Axis.Extent.EVAL_CROP_POINTS, context.rootNumber("target_eval_crops_max_points"));
    extents.put(Axis.Extent.DEPTH_HEIGHT, context.rootNumber("selected_depth_height_px"));
    extents.put(Axis.Extent.DEPTH_WIDTH, context.rootNumber("selected_depth_width_px"));
  }

  private void array(ArraySpec spec) {
    Optional<String> absence = context.absence(spec.path());
    if (absence.isPresent()) {
      context.fail("X2", spec.path(), -1, absence.get());
      return;
    }
    if (context.store().elementType(spec.path()) != spec.type()) {
      context.fail(
          "X2",
          spec.path(),
          -1,
          "dtype %s, expected %s"
              .formatted(
                  context.store().elementType(spec.path()).zarrName(), spec.type().zarrName()));
    }
    List<Long> found = context.shape(spec.path());
    if (!spec.isText()) {
      shape(spec, found);
    }
    if (spec.isText()) {
      context.store().strings(spec.path());
    }
  }

  /** An axis whose length nobody knows, as the key of its table is missing, may have any. */
  private void shape(ArraySpec spec, List<Long> found) {
    List<Object> expected = new ArrayList<>();
    boolean fits = found.size() == spec.shape().size();
    for (Axis axis : spec.shape()) {
      long length =
          axis.extent() == Axis.Extent.FIXED
              ? axis.fixedLength()
              : extents.getOrDefault(axis.extent(), UNKNOWN);
      fits = fits && (length < 0 || found.get(expected.size()) == length);
      expected.add(length < 0 ? axis : (Object) length);
    }
    if (!fits) {
      context.fail("X2", spec.path(), -1, "shape %s, expected %s".formatted(found, expected));
    }
  }

  /** Arrays that cannot be decoded where no check has looked; comes after all other checks. */
  void readRest() {
    for (ArraySpec spec : StoreSchema.current().arrays()) {
      if (context.has(spec.path()) && !spec.isText()) {
        context.check(
            "X2",
            spec.path(),
            () -> {
              Tally unreadable = context.pages().readRest(spec.path());
              context.failAt(
                  "X2",
                  spec.path(),
                  unreadable,
                  "blocks cannot be read, the first: " + unreadable.detail());
            });
      }
    }
  }

  private void dense(String path) {
    Elements ids = context.array(path);
    context.failWhere("X3", path, ids.rows(), row -> ids.longAt(row) != row, "id is not the row");
  }

  private void decode(String name) {
    List<String> entries = context.store().dictionary(name);
    for (int i = 1; i < entries.size() && !name.equals("rollout"); i++) {
      if (CanonicalJson.CODE_POINT_ORDER.compare(entries.get(i - 1), entries.get(i)) >= 0) {
        context.fail("X9", "dictionaries/" + name, i, "entries are not sorted and distinct");
        return;
      }
    }
  }

  private void idsInRange(ArraySpec spec) {
    Elements ids = context.array(spec.path());
    int size = context.store().dictionary(spec.dictionary().orElseThrow()).size();
    context.failWhere(
        "X9",
        spec.path(),
        ids.rows(),
        row -> ids.longAt(row) < -1 || ids.longAt(row) >= size,
        "id outside the dictionary");
  }

  private void knownBits(String path, int bits) {
    context.check(
        "X13",
        path,
        () -> {
          Elements bitsets = context.array(path);
          context.failWhere(
              "X13",
              path,
              bitsets.rows(),
              row -> bitsets.longAt(row) >>> bits != 0,
              "unassigned reason bits");
        });
  }

  private void manifest() {
    Object manifest = context.store().manifest().get("manifest");
    StoreCounts counts = StoreCounts.of(context::array);
    agree(manifest, "counts", counts.toJson());
    counts.toRootAttributes().forEach(this::rootCount);
    Map<String, Object> sizes = new LinkedHashMap<>();
    for (String name : StoreSchema.current().dictionaries()) {
      sizes.put(name, context.store().dictionary(name).size());
    }
    agree(manifest, "dictionary_sizes", sizes);
    Map<String, Object> attributes = new LinkedHashMap<>(context.store().rootAttributes());
    attributes.remove("manifest_sha256");
    agree(manifest, "root_attrs", attributes);
  }

  private void agree(Object manifest, String key, Map<String, Object> expected) {
    Object found = RootChecks.field(manifest, key);
    if (!text(found).equals(text(expected))) {
      context.fail(
          "X11",
          StoreSchema.ROLLOUT_MANIFEST_FILENAME,
          -1,
          "%s does not agree with the store: %s".formatted(key, difference(found, expected)));
    }
  }

  private static String text(Object json) {
    return CanonicalJson.prettyWithNonFinite(json);
  }

  private static String difference(Object found, Map<String, Object> expected) {
    if (!(found instanceof Map<?, ?> map)) {
      return "it is no object";
    }
    for (Map.Entry<String, Object> entry : expected.entrySet()) {
      Object value = map.get(entry.getKey());
      if (!text(value).equals(text(entry.getValue()))) {
        return "%s is %s, expected %s".formatted(entry.getKey(), value, entry.getValue());
      }
    }
    List<Object> further = new ArrayList<>(map.keySet());
    further.removeAll(expected.keySet());
    return "unexpected " + further;
  }

  private void rootCount(String attribute, Object expected) {
    Object found = context.root(attribute);
    if (!CheckContext.same(found, expected)) {
      context.fail(
          "X11", "", -1, "attribute %s is %s, expected %s".formatted(attribute, found, expected));
    }
  }
}
