package org.nbvrollouts.store.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.QhView;
import org.nbvrollouts.store.table.TypedArray;

/** Phase B: the persisted view against the derived one (specification store 5.5 and 6). */
final class ViewChecks {
  private static final String GROUP = "q_h";
  private static final double ABSOLUTE_TOLERANCE = 1e-8;
  private static final double RELATIVE_TOLERANCE = 1e-5;

  private final CheckContext context;

  ViewChecks(CheckContext context) {
    this.context = context;
  }

  void run() {
    List<String> missing =
        StoreSchema.current().arrays(GROUP).stream()
            .filter(spec -> !context.has(spec.path()))
            .map(ArraySpec::name)
            .toList();
    context.check(
        "B11",
        GROUP,
        () -> {
          Object gamma = context.root("discount_gamma");
          Map<String, TypedArray> derived =
              QhView.derive(
                  context::array, gamma instanceof Number number ? number.doubleValue() : 1.0);
          if (missing.isEmpty()) {
            attributes(derived);
            derived.forEach(this::compare);
            actions(persisted());
          } else {
            context.fail("B1", GROUP, -1, "arrays are missing: " + String.join(", ", missing));
            actions(derived);
          }
        });
  }

  private Map<String, TypedArray> persisted() {
    Map<String, TypedArray> arrays = new LinkedHashMap<>();
    for (ArraySpec spec : StoreSchema.current().arrays(GROUP)) {
      context.check("B11", spec.path(), () -> arrays.put(spec.name(), context.array(spec.path())));
    }
    return arrays;
  }

  private void attributes(Map<String, TypedArray> derived) {
    expect("B2", "state_count", derived.get("state_step_row_id").rows());
    expect("B3", "max_candidates", derived.get("candidate_row_id").length(1));
    context.check("B4", GROUP, () -> expect("B4", "horizon", horizon()));
    Object gamma = context.root("discount_gamma");
    expect("B5", "discount_gamma", gamma == null ? (Object) 1.0 : gamma);
    expect("B6", "td_semantics", StoreSchema.TD_SEMANTICS);
    expect("B7", "reward_metric", StoreSchema.REWARD_METRIC);
    expect("B8", "return_semantics", context.root("return_semantics"));
  }

  private long horizon() {
    TypedArray horizons = context.array("rollouts/horizon");
    long longest = horizons.rows() == 0 ? 1 : Long.MIN_VALUE;
    for (int row = 0; row < horizons.rows(); row++) {
      longest = Math.max(longest, horizons.longAt(row));
    }
    return longest;
  }

  private void expect(String code, String attribute, Object expected) {
    Object found = context.attribute(GROUP, attribute);
    if (!CheckContext.same(found, expected)) {
      context.fail(
          code, GROUP, -1, "attribute %s is %s, expected %s".formatted(attribute, found, expected));
    }
  }

  private void compare(String name, TypedArray derived) {
    String path = GROUP + "/" + name;
    context.check(
        "B11",
        path,
        () -> {
          TypedArray persisted = context.array(path);
          if (!persisted.shape().equals(derived.shape())) {
            context.fail(
                "B9",
                path,
                -1,
                "shape %s, expected %s".formatted(persisted.shape(), derived.shape()));
          } else if (persisted.type() != derived.type()) {
            context.fail(
                "B10",
                path,
                -1,
                "dtype %s, expected %s"
                    .formatted(persisted.type().zarrName(), derived.type().zarrName()));
          } else {
            int rowSize = Math.max(1, derived.rowSize());
            context.failWhere(
                "B11",
                path,
                derived.rows(),
                row -> rowDiffers(persisted, derived, row * rowSize, rowSize),
                "values differ from those derived from the tables");
          }
        });
  }

  private static boolean rowDiffers(TypedArray a, TypedArray b, int first, int count) {
    for (int i = first; i < first + count && i < b.size(); i++) {
      if (!b.type().isFloat()) {
        if (a.longAt(i) != b.longAt(i)) {
          return true;
        }
      } else if (differs(a.doubleAt(i), b.doubleAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean differs(double persisted, double derived) {
    if (Double.isNaN(persisted) || Double.isNaN(derived)) {
      return Double.isNaN(persisted) != Double.isNaN(derived);
    }
    if (Double.isInfinite(persisted) || Double.isInfinite(derived)) {
      return persisted != derived;
    }
    double tolerance = ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * Math.abs(derived);
    return Math.abs(persisted - derived) > tolerance;
  }

  private void actions(Map<String, TypedArray> view) {
    context.check(
        "B12",
        GROUP + "/candidate_row_id",
        () -> {
          Set<Long> known = context.idsOf("candidates/candidate_row_id");
          TypedArray ids = view.get("candidate_row_id");
          context.failWhere(
              "B12",
              GROUP + "/candidate_row_id",
              ids.size(),
              i -> ids.longAt(i) >= 0 && !known.contains(ids.longAt(i)),
              "unknown candidate");
        });
    trained(view, "B13", "valid_action_mask", "trainable action is not selectable");
    trained(
        view, "B14", "one_step_target_root_gain", "trainable action without a finite root gain");
    trained(view, "B15", "one_step_target_rri", "trainable action without a finite target RRI");
    context.check(
        "B16",
        GROUP + "/td_discount",
        () -> {
          TypedArray terminal = view.get("td_terminal_mask");
          TypedArray discount = view.get("td_discount");
          context.failWhere(
              "B16",
              GROUP + "/td_discount",
              terminal.rows(),
              row -> terminal.booleanAt(row) && discount.doubleAt(row) != 0,
              "discount of a terminal state is not 0");
        });
  }

  /** Every trainable action must be selectable, or have a finite label, in another array. */
  private void trained(Map<String, TypedArray> view, String code, String column, String message) {
    context.check(
        code,
        GROUP + "/q_train_mask",
        () -> {
          TypedArray trained = view.get("q_train_mask");
          TypedArray other = view.get(column);
          context.failWhere(
              code,
              GROUP + "/q_train_mask",
              trained.size(),
              i ->
                  trained.booleanAt(i)
                      && (other.type().isFloat()
                          ? !Double.isFinite(other.doubleAt(i))
                          : !other.booleanAt(i)),
              message);
        });
  }
}
