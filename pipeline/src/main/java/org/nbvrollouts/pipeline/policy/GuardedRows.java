package org.nbvrollouts.pipeline.policy;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** The rows of one node that guards admit, given what has been chosen there so far. */
final class GuardedRows {
  private final SiblingGuards guards;
  private final SelectionInput node;
  private final List<Integer> chosen = new ArrayList<>();

  GuardedRows(SiblingGuards guards, SelectionInput node) {
    this.guards = guards;
    this.node = node;
  }

  /** Later rows have to differ from this one. */
  void choose(int row) {
    chosen.add(row);
  }

  /** True if the row keeps away from the chain and from what has been chosen. */
  boolean admits(int row) {
    double history = guards.minHistoryDistanceMetres();
    if (history > 0 && node.distanceToChain(row) < history) {
      return false;
    }
    for (int sibling : chosen) {
      if (!differs(row, sibling)) {
        return false;
      }
    }
    return true;
  }

  private boolean differs(int row, int sibling) {
    double distance = guards.minSiblingDistanceMetres();
    double yaw = guards.minSiblingYawDegrees();
    double bearing = guards.minSiblingTargetBearingDegrees();
    return !(distance > 0 && node.distanceBetween(row, sibling) < distance)
        && !(yaw > 0 && yawDegrees(row, sibling) < yaw)
        && !(bearing > 0 && bearingDegrees(row, sibling) < bearing)
        && !(guards.requireSiblingStrategyDiversity()
            && node.strategyIds().at(row) == node.strategyIds().at(sibling));
  }

  private double yawDegrees(int row, int sibling) {
    return HorizontalAngle.degrees(forward(row), forward(sibling));
  }

  private double bearingDegrees(int row, int sibling) {
    return HorizontalAngle.degrees(toTarget(row), toTarget(sibling));
  }

  private Point3 forward(int row) {
    Pose12 pose = node.worldFromCamera().get(row);
    return new Point3(pose.r02(), pose.r12(), pose.r22());
  }

  private Point3 toTarget(int row) {
    Pose12 pose = node.worldFromCamera().get(row);
    Point3 target = node.targetCentreWorld();
    return new Point3(target.x() - pose.tx(), target.y() - pose.ty(), target.z() - pose.tz());
  }
}
