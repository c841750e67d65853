package org.nbvrollouts.store.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.Elements;
import org.nbvrollouts.store.table.QhView;
import org.nbvrollouts.store.table.TypedArray;

/**
 * B9 to B11: every array of the persisted view against the derived one, some states at a time
 * (specification store 5.5). An array that cannot be read or has another shape or type is left out
 * of the comparison of values.
 */
final class ViewComparison {
  private static final double ABSOLUTE_TOLERANCE = 1e-8;
  private static final double RELATIVE_TOLERANCE = 1e-5;
  private static final int BLOCK_ACTIONS = 1 << 17;

  private final CheckContext context;
  private final QhView view;
  private final Map<ArraySpec, Elements> compared = new LinkedHashMap<>();
  private final Map<ArraySpec, Tally> differing = new LinkedHashMap<>();

  ViewComparison(CheckContext context, QhView view) {
    this.context = context;
    this.view = view;
  }

  /** States that are derived at once: a few MiB of the view. */
  static int blockStates(QhView view) {
    return Math.max(1, BLOCK_ACTIONS / Math.max(1, view.width()));
  }

  void run() {
    for (ArraySpec spec : StoreSchema.current().arrays("q_h")) {
      context.check("B11", spec.path(), () -> compareKind(spec));
    }
    boolean anyWide = compared.keySet().stream().anyMatch(spec -> spec.shape().size() == 2);
    int block = blockStates(view);
    // Without a wide array of the right shape, nothing bounds the padding that deriving makes.
    for (int first = 0; anyWide && first < view.states(); first += block) {
      int count = Math.min(block, view.states() - first);
      Map<String, TypedArray> derived = view.rows(first, count);
      for (ArraySpec spec : List.copyOf(compared.keySet())) {
        compareBlock(spec, derived.get(spec.name()), first);
      }
    }
    differing.forEach(
        (spec, rows) ->
            context.failAt(
                "B11", spec.path(), rows, "values differ from those derived from the tables"));
  }

  private void compareKind(ArraySpec spec) {
    Elements persisted = context.array(spec.path());
    List<Integer> shape =
        spec.shape().size() == 1 ? List.of(view.states()) : List.of(view.states(), view.width());
    if (!persisted.shape().equals(shape)) {
      context.fail(
          "B9", spec.path(), -1, "shape %s, expected %s".formatted(persisted.shape(), shape));
    } else if (persisted.type() != spec.type()) {
      context.fail(
          "B10",
          spec.path(),
          -1,
          "dtype %s, expected %s".formatted(persisted.type().zarrName(), spec.type().zarrName()));
    } else {
      compared.put(spec, persisted);
      differing.put(spec, new Tally());
    }
  }

  private void compareBlock(ArraySpec spec, TypedArray derived, int firstState) {
    Elements persisted = compared.get(spec);
    int rowSize = derived.rowSize();
    int offset = firstState * rowSize;
    try {
      for (int i = 0; i < derived.size(); i++) {
        boolean same =
            spec.type().isFloat()
                ? !differs(persisted.doubleAt(offset + i), derived.doubleAt(i))
                : persisted.longAt(offset + i) == derived.longAt(i);
        if (!same) {
          differing.get(spec).add(firstState + i / rowSize);
        }
      }
    } catch (InvalidContentException e) {
      context.fail("B11", spec.path(), -1, "cannot be checked: " + e.getMessage());
      compared.remove(spec);
    }
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
}
