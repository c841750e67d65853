package org.nbvrollouts.store.source.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nbvrollouts.store.source.Pose12;

/**
 * What the axes x, y, z of a moving frame point at, written as {@code right-down-forward}.
 *
 * <p>The rig of a sample is {@code down-left-forward}. That follows from the root of a rollout: it
 * is the last rig pose times Rz(+90°) and must be a left-up-forward camera (specification
 * generation 2.1 and 2.3). Rz(+90°) makes the new x column the old y column and the new y column
 * the negated old x column, so the rig has x = −up = down, y = left and z = forward. A pose in any
 * other convention becomes a rig pose by permuting and negating the columns of its rotation; the
 * position stays.
 */
final class FrameAxes {
  /** Project Aria device poses, and the rig of a sample. */
  static final FrameAxes DOWN_LEFT_FORWARD = parse("down-left-forward");

  /** Camera poses as OpenCV and the TUM benchmarks have them. */
  static final FrameAxes RIGHT_DOWN_FORWARD = parse("right-down-forward");

  private final String text;
  private final Pose12 rigFromAxes;

  private FrameAxes(String text, Pose12 rigFromAxes) {
    this.text = text;
    this.rigFromAxes = rigFromAxes;
  }

  /**
   * Reads three directions of left, right, up, down, forward, backward.
   *
   * @throws IllegalArgumentException unless they are a right-handed frame
   */
  static FrameAxes parse(String text) {
    List<double[]> columns = new ArrayList<>();
    for (String direction : text.toLowerCase(Locale.ROOT).split("-", -1)) {
      columns.add(rigDirection(direction, text));
    }
    if (columns.size() != 3) {
      throw invalid(text);
    }
    double[] x = columns.get(0);
    double[] y = columns.get(1);
    double[] z = columns.get(2);
    boolean rightHanded =
        x[1] * y[2] - x[2] * y[1] == z[0]
            && x[2] * y[0] - x[0] * y[2] == z[1]
            && x[0] * y[1] - x[1] * y[0] == z[2];
    if (!rightHanded) {
      throw invalid(text);
    }
    return new FrameAxes(
        text, new Pose12(x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2], 0, 0, 0));
  }

  private static double[] rigDirection(String direction, String text) {
    return switch (direction) {
      case "down" -> new double[] {1, 0, 0};
      case "up" -> new double[] {-1, 0, 0};
      case "left" -> new double[] {0, 1, 0};
      case "right" -> new double[] {0, -1, 0};
      case "forward" -> new double[] {0, 0, 1};
      case "backward" -> new double[] {0, 0, -1};
      default -> throw invalid(text);
    };
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "Invalid axes: "
            + text
            + " (expected a right-handed frame such as right-down-forward, down-left-forward or"
            + " left-up-forward)");
  }

  /** Rotation that maps coordinates of this frame to rig coordinates. */
  Pose12 rigFromAxes() {
    return rigFromAxes;
  }

  /** The rig pose of a pose in this frame. */
  Pose12 worldFromRig(Pose12 worldFromAxes) {
    return worldFromAxes.compose(rigFromAxes.inverse());
  }

  @Override
  public String toString() {
    return text;
  }
}
