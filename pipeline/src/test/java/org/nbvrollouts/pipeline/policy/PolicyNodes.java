package org.nbvrollouts.pipeline.policy;

import java.util.Collections;
import java.util.List;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** Nodes as policies see them. */
public final class PolicyNodes {
  private PolicyNodes() {}

  /** Candidates that differ in their labels alone. */
  public static SelectionInput scored(double... scores) {
    return new SelectionInput(
        DoubleColumn.of(scores),
        Collections.nCopies(scores.length, Pose12.IDENTITY),
        IntColumn.of(new int[scores.length]),
        List.of(new Point3(0, 0, 0)),
        new Point3(3, 0, 0));
  }
}
