package org.nbvrollouts.pipeline.target;

import java.util.List;
import java.util.Optional;

/**
 * The targets of a sample; together, both lists hold every row of the source table once.
 *
 * @param selected in selection order
 * @param rejected rows that are no targets, by source index
 * @param skipReason why there is no target at all (specification generation 9); present exactly if
 *     {@code selected} is empty
 */
public record TargetSelection(
    List<SelectedTarget> selected, List<RejectedTarget> rejected, Optional<String> skipReason) {

  public TargetSelection {
    selected = List.copyOf(selected);
    rejected = List.copyOf(rejected);
    if (selected.isEmpty() != skipReason.isPresent()) {
      throw new IllegalArgumentException(
          "Invalid target selection: "
              + selected.size()
              + " targets with skip reason "
              + skipReason.orElse("none")
              + " (expected a reason exactly if there is no target)");
    }
  }
}
