package org.nbvrollouts.store.source;

/**
 * One object box of 34 float32 values (specification generation 2.5): object-frame bounds
 * xmin,xmax,ymin,ymax,zmin,zmax; three projected boxes (RGB, SLAM left, SLAM right) as
 * xmin,xmax,ymin,ymax in pixels, −1 when not visible; pose of the object in the frame of its table;
 * class id, instance id, confidence, movable flag. Immutable.
 */
public final class OrientedBox {
  /** Number of values of a box record. */
  public static final int LENGTH = 34;

  private static final int POSE_OFFSET = 18;

  private final float[] values;
  private final int sourceIndex;

  private OrientedBox(float[] values, int sourceIndex) {
    this.values = values;
    this.sourceIndex = sourceIndex;
  }

  /**
   * Copies 34 values starting at {@code offset}.
   *
   * @param sourceIndex row of the box in the padded table it came from
   */
  public static OrientedBox of(float[] values, int offset, int sourceIndex) {
    float[] copy = new float[LENGTH];
    System.arraycopy(values, offset, copy, 0, LENGTH);
    return new OrientedBox(copy, sourceIndex);
  }

  /** Raw value {@code index} of the record. */
  public float value(int index) {
    return values[index];
  }

  /** Lower object-frame bound on axis 0, 1 or 2, metres. */
  public double min(int axis) {
    return values[2 * axis];
  }

  /** Upper object-frame bound on axis 0, 1 or 2, metres. */
  public double max(int axis) {
    return values[2 * axis + 1];
  }

  /** Full side length on axis 0, 1 or 2, metres. */
  public double extent(int axis) {
    return max(axis) - min(axis);
  }

  /** Pose of the object in the frame of its table. */
  public Pose12 tableFromObject() {
    return Pose12.of(values, POSE_OFFSET);
  }

  public int semanticId() {
    return (int) values[30];
  }

  public int instanceId() {
    return (int) values[31];
  }

  public double confidence() {
    return values[32];
  }

  public int sourceIndex() {
    return sourceIndex;
  }

  /** True if all 34 values are finite. */
  public boolean isFinite() {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** The 34 values in a new array. */
  public float[] toFloats() {
    return values.clone();
  }
}
