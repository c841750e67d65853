package org.nbvrollouts.pipeline.camera;

import org.nbvrollouts.store.source.CameraCalibration;

/**
 * The fisheye624 lens: an odd polynomial of the angle to the axis with six coefficients k, two
 * tangential ones p and four of a thin prism s. With θ the angle and (x, y) the direction in the
 * image plane of length θ(1 + k0θ² + … + k5θ¹²), the pixel is f·(x + tangential + prism) + c.
 *
 * <p>The inverse has no closed form. As in the reference it is two Newton solves of exactly five
 * steps, first for the distorted direction, then for the angle; far from the axis they stop short
 * of convergence, which is part of the contract (specification generation 6.1). Immutable and
 * thread-safe.
 */
final class Fisheye624 {
  private static final int STEPS = 5;
  private static final int FIRST_RADIAL = 4;
  private static final int RADIAL_COEFFICIENTS = 6;
  private static final double SMALLEST_SLOPE = 1e-6;
  private static final double LARGEST_ANGLE = 0.999 * Math.PI / 2;

  private final double fx;
  private final double fy;
  private final double cx;
  private final double cy;
  private final double[] k = new double[RADIAL_COEFFICIENTS];
  private final double p0;
  private final double p1;
  private final double s0;
  private final double s1;
  private final double s2;
  private final double s3;

  /**
   * A lens of sixteen parameters.
   *
   * @param parameters fx, fy, cx, cy in pixels, k0…k5, p0, p1, s0…s3
   */
  Fisheye624(double[] parameters) {
    fx = parameters[0];
    fy = parameters[1];
    cx = parameters[2];
    cy = parameters[3];
    System.arraycopy(parameters, FIRST_RADIAL, k, 0, RADIAL_COEFFICIENTS);
    p0 = parameters[10];
    p1 = parameters[11];
    s0 = parameters[12];
    s1 = parameters[13];
    s2 = parameters[14];
    s3 = parameters[15];
  }

  static Fisheye624 of(CameraCalibration calibration) {
    double[] parameters = new double[FIRST_RADIAL + CameraCalibration.DISTORTION_LENGTH];
    parameters[0] = calibration.focalX();
    parameters[1] = calibration.focalY();
    parameters[2] = calibration.principalX();
    parameters[3] = calibration.principalY();
    for (int i = 0; i < CameraCalibration.DISTORTION_LENGTH; i++) {
      parameters[FIRST_RADIAL + i] = calibration.distortion(i);
    }
    return new Fisheye624(parameters);
  }

  /** Writes the pixel of a point in the camera frame; the axis itself is the principal point. */
  void project(double x, double y, double z, double[] uv) {
    double radius = Math.sqrt(x * x + y * y);
    double theta = StrictMath.atan2(radius, z);
    double scale = radius > 0 ? distortedAngle(theta) / radius : 0;
    double xr = scale * x;
    double yr = scale * y;
    double r2 = xr * xr + yr * yr;
    uv[0] = fx * distortX(xr, yr, r2) + cx;
    uv[1] = fy * distortY(xr, yr, r2) + cy;
  }

  /** Writes the unit ray of a pixel in the camera frame. */
  void unproject(double u, double v, double[] ray) {
    double wantedX = (u - cx) / fx;
    double wantedY = (v - cy) / fy;
    double xr = wantedX;
    double yr = wantedY;
    for (int step = 0; step < STEPS; step++) {
      double r2 = xr * xr + yr * yr;
      double errorX = wantedX - distortX(xr, yr, r2);
      double errorY = wantedY - distortY(xr, yr, r2);
      double xx = 1 + 6 * p0 * xr + 2 * p1 * yr + 2 * xr * (s0 + 2 * s1 * r2);
      double xy = 2 * p0 * yr + 2 * p1 * xr + 2 * yr * (s0 + 2 * s1 * r2);
      double yx = 2 * p0 * yr + 2 * p1 * xr + 2 * xr * (s2 + 2 * s3 * r2);
      double yy = 1 + 6 * p1 * yr + 2 * p0 * xr + 2 * yr * (s2 + 2 * s3 * r2);
      double determinant = xx * yy - xy * yx;
      xr += (yy * errorX - xy * errorY) / determinant;
      yr += (xx * errorY - yx * errorX) / determinant;
    }
    double radius = Math.sqrt(xr * xr + yr * yr);
    double theta = angleOf(radius);
    double sideways = radius > 0 ? StrictMath.sin(theta) / radius : 0;
    ray[0] = sideways * xr;
    ray[1] = sideways * yr;
    ray[2] = StrictMath.cos(theta);
  }

  private double distortX(double xr, double yr, double r2) {
    return xr + (2 * xr * xr + r2) * p0 + 2 * xr * yr * p1 + s0 * r2 + s1 * r2 * r2;
  }

  private double distortY(double xr, double yr, double r2) {
    return yr + (2 * yr * yr + r2) * p1 + 2 * xr * yr * p0 + s2 * r2 + s3 * r2 * r2;
  }

  private double distortedAngle(double theta) {
    double theta2 = theta * theta;
    double power = 1;
    double sum = 1;
    for (double coefficient : k) {
      power *= theta2;
      sum += coefficient * power;
    }
    return theta * sum;
  }

  private double angleOf(double radius) {
    double theta = radius;
    for (int step = 0; step < STEPS; step++) {
      double theta2 = theta * theta;
      double power = 1;
      double slope = 1;
      for (int i = 0; i < RADIAL_COEFFICIENTS; i++) {
        power *= theta2;
        slope += (2 * i + 3) * k[i] * power;
      }
      double error = radius - distortedAngle(theta);
      theta += newtonStep(error, slope);
      if (Math.abs(theta) >= Math.PI / 2) {
        theta = LARGEST_ANGLE;
      }
    }
    return theta;
  }

  private static double newtonStep(double error, double slope) {
    if (Math.abs(slope) > SMALLEST_SLOPE) {
      return error / slope;
    }
    return error * slope > 0 ? 10 * SMALLEST_SLOPE : -10 * SMALLEST_SLOPE;
  }
}
