package org.nbvrollouts.store.check;

import java.nio.file.Path;
import java.util.List;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/**
 * Judges a store by the 88 checks, the strict extras and, on request, the late additions
 * (specification store 6). Bad content is never an exception: whatever cannot be read is a finding
 * of the check that needed it. Only three things are thrown: a place that is no Zarr group and a
 * store that claims far more than it holds ({@link
 * org.nbvrollouts.store.error.InvalidContentException}), and a failing storage ({@link
 * org.nbvrollouts.store.error.EnvironmentException}).
 */
public final class RolloutZarrValidator {
  private static final List<String> ARRAYS =
      StoreSchema.current().arrays().stream().map(ArraySpec::path).toList();

  private RolloutZarrValidator() {}

  /** Opens a store in a local directory and judges it, up to the strict extras. */
  public static RolloutZarrValidationResult validateRolloutZarrStore(Path directory) {
    return validateRolloutZarrStore(directory, CheckLevel.STRICT);
  }

  /** Opens a store in a local directory and judges it. */
  public static RolloutZarrValidationResult validateRolloutZarrStore(
      Path directory, CheckLevel level) {
    try (RolloutZarrStoreReader store = RolloutZarrStoreReader.open(directory)) {
      return validateRolloutZarrStore(store, level);
    }
  }

  /** Judges an open store, up to the strict extras. */
  public static RolloutZarrValidationResult validateRolloutZarrStore(RolloutZarrStoreReader store) {
    return validateRolloutZarrStore(store, CheckLevel.STRICT);
  }

  /** Judges an open store. */
  public static RolloutZarrValidationResult validateRolloutZarrStore(
      RolloutZarrStoreReader store, CheckLevel level) {
    store.requirePlausibleSize(ARRAYS);
    CheckContext context = new CheckContext(store);
    new RootChecks(context).run();
    if (!context.findings().isEmpty()) {
      return result(context, 0, 0, 0);
    }
    new ViewChecks(context).run();
    new CandidateChecks(context).run();
    new DepthChecks(context).run();
    new CropChecks(context).run();
    new ParentChecks(context).run();
    new LineageChecks(context).run();
    if (level.compareTo(CheckLevel.STRICT) >= 0) {
      StructureExtras structure = new StructureExtras(context);
      structure.run();
      new RowExtras(context).run();
      structure.readRest();
    }
    if (level == CheckLevel.LATE) {
      new LateChecks(context).run();
    }
    return result(
        context,
        rowsOrZero(context, "rollouts/rollout_row_id"),
        rowsOrZero(context, "steps/step_row_id"),
        rowsOrZero(context, "candidates/candidate_row_id"));
  }

  private static int rowsOrZero(CheckContext context, String path) {
    return context.has(path) && !context.shape(path).isEmpty() ? context.rows(path) : 0;
  }

  private static RolloutZarrValidationResult result(
      CheckContext context, int rollouts, int steps, int candidates) {
    return new RolloutZarrValidationResult(
        context.store().location(),
        rollouts,
        steps,
        candidates,
        context.findings(),
        context.strictFindings(),
        context.lateFindings());
  }
}
