package org.nbvrollouts.store.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.Elements;
import org.nbvrollouts.store.table.IdIndex;
import org.nbvrollouts.store.table.PagedElements;
import org.nbvrollouts.store.table.QhView;
import org.nbvrollouts.store.table.TypedArray;

/** Phase B: the persisted view against the derived one (specification store 5.5 and 6). */
final class ViewChecks {
  private static final String GROUP = "q_h";

  /** Actions of a derived view that is gone through; steps may claim the candidates of others. */
  private static final long MOST_DERIVED = 1L << 27;

  private final CheckContext context;

  ViewChecks(CheckContext context) {
    this.context = context;
  }

  void run() {
    List<String> missing = context.absentArrays(GROUP);
    if (!missing.isEmpty()) {
      context.fail("B1", GROUP, -1, "arrays are missing: " + String.join(", ", missing));
      context.check("B12", GROUP, this::derivedActions);
      return;
    }
    attributes();
    context.check(
        "B11",
        GROUP,
        () -> {
          QhView view = derive();
          expect("B3", "max_candidates", view.width());
          new ViewComparison(context, view).run();
        });
    actions(path -> context.array(path));
  }

  private QhView derive() {
    Object gamma = context.root("discount_gamma");
    return QhView.of(context::array, gamma instanceof Number number ? number.doubleValue() : 1);
  }

  private void derivedActions() {
    QhView view = derive();
    if ((long) view.states() * view.width() > MOST_DERIVED) {
      context.fail(
          "B12",
          GROUP,
          -1,
          "cannot be checked: %d states of up to %d actions, and the arrays are missing"
              .formatted(view.states(), view.width()));
      return;
    }
    DerivedPages derived = new DerivedPages(view);
    actions(derived::array);
  }

  /** Attributes that do not need the derived view, which may be impossible to make. */
  private void attributes() {
    context.check(
        "B2", GROUP, () -> expect("B2", "state_count", context.rows("steps/step_row_id")));
    context.check("B4", GROUP, () -> expect("B4", "horizon", horizon()));
    Object gamma = context.root("discount_gamma");
    expect("B5", "discount_gamma", gamma == null ? (Object) 1.0 : gamma);
    expect("B6", "td_semantics", StoreSchema.TD_SEMANTICS);
    expect("B7", "reward_metric", StoreSchema.REWARD_METRIC);
    expect("B8", "return_semantics", context.root("return_semantics"));
  }

  private long horizon() {
    Elements horizons = context.array("rollouts/horizon");
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

  /** B12 to B16 over the persisted view, or the derived one where that is incomplete. */
  private void actions(Function<String, Elements> view) {
    context.check(
        "B12",
        GROUP + "/candidate_row_id",
        () -> {
          IdIndex known = context.index("candidates/candidate_row_id");
          Elements ids = view.apply(GROUP + "/candidate_row_id");
          context.failWhereElement(
              "B12",
              GROUP + "/candidate_row_id",
              ids,
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
          Elements terminal = view.apply(GROUP + "/td_terminal_mask");
          Elements discount = view.apply(GROUP + "/td_discount");
          context.failWhere(
              "B16",
              GROUP + "/td_discount",
              terminal.rows(),
              row -> terminal.booleanAt(row) && discount.doubleAt(row) != 0,
              "discount of a terminal state is not 0");
        });
  }

  /** Every trainable action must be selectable, or have a finite label, in another array. */
  private void trained(
      Function<String, Elements> view, String code, String column, String message) {
    context.check(
        code,
        GROUP + "/q_train_mask",
        () -> {
          Elements trained = view.apply(GROUP + "/q_train_mask");
          Elements other = view.apply(GROUP + "/" + column);
          context.failWhereElement(
              code,
              GROUP + "/q_train_mask",
              trained,
              i ->
                  trained.booleanAt(i)
                      && (other.type().isFloat()
                          ? !Double.isFinite(other.doubleAt(i))
                          : !other.booleanAt(i)),
              message);
        });
  }

  /** The derived view as arrays, some states at a time. */
  private static final class DerivedPages {
    private final QhView view;
    private final Map<String, Elements> arrays = new HashMap<>();
    private Map<String, TypedArray> block = Map.of();
    private int blockStart = -1;

    DerivedPages(QhView view) {
      this.view = view;
    }

    Elements array(String path) {
      return arrays.computeIfAbsent(path, this::open);
    }

    private Elements open(String path) {
      ArraySpec spec = StoreSchema.current().array(path).orElseThrow();
      List<Integer> shape =
          spec.shape().size() == 1 ? List.of(view.states()) : List.of(view.states(), view.width());
      return new PagedElements(
          spec.type(),
          shape,
          ViewComparison.blockStates(view),
          (first, count) -> {
            if (first != blockStart) {
              block = view.rows(first, count);
              blockStart = first;
            }
            return block.get(spec.name());
          });
    }
  }
}
