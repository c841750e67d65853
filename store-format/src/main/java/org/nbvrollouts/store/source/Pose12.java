package org.nbvrollouts.store.source;

/**
 * Rigid transform stored as twelve numbers: the 3×3 rotation row by row, then the translation in
 * metres. A pose named {@code worldFromCamera} maps camera coordinates to world coordinates: {@code
 * x' = R x + t}. Arithmetic is double; files hold float32 (specification store 2.21).
 */
public record Pose12(
    double r00,
    double r01,
    double r02,
    double r10,
    double r11,
    double r12,
    double r20,
    double r21,
    double r22,
    double tx,
    double ty,
    double tz) {

  /** Number of values of a pose in files and arrays. */
  public static final int LENGTH = 12;

  public static final Pose12 IDENTITY = new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0);

  /** Reads twelve values starting at {@code offset}. */
  public static Pose12 of(double[] values, int offset) {
    return new Pose12(
        values[offset],
        values[offset + 1],
        values[offset + 2],
        values[offset + 3],
        values[offset + 4],
        values[offset + 5],
        values[offset + 6],
        values[offset + 7],
        values[offset + 8],
        values[offset + 9],
        values[offset + 10],
        values[offset + 11]);
  }

  /** Reads twelve float32 values starting at {@code offset}. */
  public static Pose12 of(float[] values, int offset) {
    double[] wide = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      wide[i] = values[offset + i];
    }
    return of(wide, 0);
  }

  /** The twelve values in storage order, in a new array. */
  public double[] toArray() {
    return new double[] {r00, r01, r02, r10, r11, r12, r20, r21, r22, tx, ty, tz};
  }

  /** The twelve values in storage order, rounded to float32, in a new array. */
  public float[] toFloats() {
    double[] wide = toArray();
    float[] values = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      values[i] = (float) wide[i];
    }
    return values;
  }

  /** {@code this ∘ inner}: first {@code inner}, then this. */
  public Pose12 compose(Pose12 inner) {
    return new Pose12(
        r00 * inner.r00 + r01 * inner.r10 + r02 * inner.r20,
        r00 * inner.r01 + r01 * inner.r11 + r02 * inner.r21,
        r00 * inner.r02 + r01 * inner.r12 + r02 * inner.r22,
        r10 * inner.r00 + r11 * inner.r10 + r12 * inner.r20,
        r10 * inner.r01 + r11 * inner.r11 + r12 * inner.r21,
        r10 * inner.r02 + r11 * inner.r12 + r12 * inner.r22,
        r20 * inner.r00 + r21 * inner.r10 + r22 * inner.r20,
        r20 * inner.r01 + r21 * inner.r11 + r22 * inner.r21,
        r20 * inner.r02 + r21 * inner.r12 + r22 * inner.r22,
        applyX(inner.tx, inner.ty, inner.tz),
        applyY(inner.tx, inner.ty, inner.tz),
        applyZ(inner.tx, inner.ty, inner.tz));
  }

  /** The inverse rigid transform; the rotation must be orthonormal. */
  public Pose12 inverse() {
    return new Pose12(
        r00,
        r10,
        r20,
        r01,
        r11,
        r21,
        r02,
        r12,
        r22,
        -(r00 * tx + r10 * ty + r20 * tz),
        -(r01 * tx + r11 * ty + r21 * tz),
        -(r02 * tx + r12 * ty + r22 * tz));
  }

  /** The transformed point. */
  public Point3 apply(double x, double y, double z) {
    return new Point3(applyX(x, y, z), applyY(x, y, z), applyZ(x, y, z));
  }

  /** Where the origin goes: the centre of the camera for a pose {@code worldFromCamera}. */
  public Point3 translation() {
    return new Point3(tx, ty, tz);
  }

  /** First coordinate of the transformed point. */
  public double applyX(double x, double y, double z) {
    return r00 * x + r01 * y + r02 * z + tx;
  }

  /** Second coordinate of the transformed point. */
  public double applyY(double x, double y, double z) {
    return r10 * x + r11 * y + r12 * z + ty;
  }

  /** Third coordinate of the transformed point. */
  public double applyZ(double x, double y, double z) {
    return r20 * x + r21 * y + r22 * z + tz;
  }

  /** True if all twelve values are finite. */
  public boolean isFinite() {
    for (double value : toArray()) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
