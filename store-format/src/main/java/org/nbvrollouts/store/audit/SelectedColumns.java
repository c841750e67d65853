package org.nbvrollouts.store.audit;

import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.nbvrollouts.store.audit.StepShells.SelectedCandidate;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;

/** Columns about the candidate that a step chose; of none, numbers are null and texts empty. */
final class SelectedColumns {
  private final AuditStore store;
  private final IntFunction<SelectedCandidate> chosen;

  SelectedColumns(AuditStore store, IntFunction<SelectedCandidate> chosen) {
    this.store = store;
    this.chosen = chosen;
  }

  IntFunction<Double> number(ToDoubleFunction<SelectedCandidate> value) {
    return slot -> {
      SelectedCandidate candidate = chosen.apply(slot);
      return candidate == null ? null : (Double) value.applyAsDouble(candidate);
    };
  }

  IntFunction<String> strategy() {
    return text(candidate -> ViewStrategy.decodeStrategyId(candidate.strategyId()));
  }

  IntFunction<String> position() {
    return text(candidate -> PositionFamily.decodePositionId(candidate.positionId()));
  }

  IntFunction<String> mixture() {
    return text(candidate -> store.mixtureName((long) candidate.mixtureId()));
  }

  IntFunction<String> invalidReason() {
    return text(candidate -> InvalidReason.decodeInvalidReason(candidate.invalidReason()));
  }

  private IntFunction<String> text(Function<SelectedCandidate, String> value) {
    return slot -> {
      SelectedCandidate candidate = chosen.apply(slot);
      return candidate == null ? "" : value.apply(candidate);
    };
  }
}
