package org.nbvrollouts.pipeline.scene;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * A small z-buffer renderer for looking at generated homes: every face is shaded by its normal and
 * tinted by what it belongs to, depth edges are darkened. Pictures are averaged down by {@link
 * #OVERSAMPLING}.
 */
final class ShadedPicture {
  static final int OVERSAMPLING = 3;
  private static final float EDGE_JUMP = 0.012f;
  private static final float FARTHEST_SCALE = 4;
  private static final float[] LIGHT = {0.42f, -0.3f, 0.86f};

  /** Maps a world point to pixel column, row and depth; depth at most 0 means behind the camera. */
  @FunctionalInterface
  interface Projection {
    void project(double[] world, double[] pixel);
  }

  private final int width;
  private final int height;
  private final float[] depth;
  private final float[] shade;
  private final int[] owner;

  ShadedPicture(int width, int height) {
    this.width = width * OVERSAMPLING;
    this.height = height * OVERSAMPLING;
    this.depth = new float[this.width * this.height];
    this.shade = new float[this.width * this.height];
    this.owner = new int[this.width * this.height];
    Arrays.fill(depth, Float.POSITIVE_INFINITY);
    Arrays.fill(owner, Integer.MIN_VALUE);
  }

  /** Which faces to draw, and at what height they are cut off. */
  record Cut(double height, IntPredicate faces) {
    static final Cut NONE = new Cut(Double.MAX_VALUE, face -> true);
  }

  /** Draws the chosen faces that have a corner below the cut. */
  void draw(TriangleMesh mesh, FaceOwners owners, Cut cut, Projection projection) {
    double[][] world = new double[3][3];
    double[][] pixel = new double[3][3];
    for (int face = 0; face < mesh.faceCount(); face++) {
      double lowest = Double.POSITIVE_INFINITY;
      for (int corner = 0; corner < 3; corner++) {
        for (int axis = 0; axis < 3; axis++) {
          world[corner][axis] = mesh.cornerCoordinate(face, corner, axis);
        }
        world[corner][2] = Math.min(world[corner][2], cut.height + 0.01);
        lowest = Math.min(lowest, mesh.cornerCoordinate(face, corner, 2));
      }
      if (lowest < cut.height && cut.faces.test(face)) {
        drawSplit(world, pixel, shadeOf(world), owners.ownerOf(face), projection, 0);
      }
    }
  }

  /** Splits large faces that reach behind the camera, so that no clipping is needed. */
  private void drawSplit(
      double[][] world,
      double[][] pixel,
      float light,
      int owned,
      Projection projection,
      int level) {
    int front = 0;
    for (int corner = 0; corner < 3; corner++) {
      projection.project(world[corner], pixel[corner]);
      front += pixel[corner][2] > 0.02 ? 1 : 0;
    }
    if (front == 3) {
      fill(pixel, light, owned);
    } else if (front > 0 && level < 9) {
      for (int part = 0; part < 4; part++) {
        double[][] smaller = new double[3][3];
        for (int corner = 0; corner < 3; corner++) {
          for (int axis = 0; axis < 3; axis++) {
            double a = world[corner][axis];
            double b = part == 3 ? a : world[part][axis];
            double other = world[(corner + 1) % 3][axis];
            smaller[corner][axis] = part == 3 ? (a + other) / 2 : (a + b) / 2;
          }
        }
        drawSplit(smaller, new double[3][3], light, owned, projection, level + 1);
      }
    }
  }

  private static float shadeOf(double[][] world) {
    double[] u = new double[3];
    double[] v = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      u[axis] = world[1][axis] - world[0][axis];
      v[axis] = world[2][axis] - world[0][axis];
    }
    double x = u[1] * v[2] - u[2] * v[1];
    double y = u[2] * v[0] - u[0] * v[2];
    double z = u[0] * v[1] - u[1] * v[0];
    double length = Math.max(1e-12, Math.sqrt(x * x + y * y + z * z));
    double lit = Math.abs(x * LIGHT[0] + y * LIGHT[1] + z * LIGHT[2]) / length;
    return (float) (0.55 + 0.45 * lit);
  }

  private void fill(double[][] pixel, float light, int owned) {
    double[] a = pixel[0];
    double[] b = pixel[1];
    double[] c = pixel[2];
    double area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    if (Math.abs(area) < 1e-12) {
      return;
    }
    int left = (int) Math.max(0, Math.ceil(Math.min(a[0], Math.min(b[0], c[0]))));
    int right = (int) Math.min(width - 1, Math.floor(Math.max(a[0], Math.max(b[0], c[0]))));
    int top = (int) Math.max(0, Math.ceil(Math.min(a[1], Math.min(b[1], c[1]))));
    int bottom = (int) Math.min(height - 1, Math.floor(Math.max(a[1], Math.max(b[1], c[1]))));
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double wa = ((b[0] - column) * (c[1] - row) - (b[1] - row) * (c[0] - column)) / area;
        double wb = ((c[0] - column) * (a[1] - row) - (c[1] - row) * (a[0] - column)) / area;
        double wc = 1 - wa - wb;
        if (wa >= 0 && wb >= 0 && wc >= 0) {
          float z = (float) (1 / (wa / a[2] + wb / b[2] + wc / c[2]));
          int index = row * width + column;
          if (z < depth[index]) {
            depth[index] = z;
            shade[index] = light;
            owner[index] = owned;
          }
        }
      }
    }
  }

  BufferedImage toImage() {
    int columns = width / OVERSAMPLING;
    int rows = height / OVERSAMPLING;
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        float[] sum = new float[3];
        for (int part = 0; part < OVERSAMPLING * OVERSAMPLING; part++) {
          addPixel(
              sum,
              column * OVERSAMPLING + part % OVERSAMPLING,
              row * OVERSAMPLING + part / OVERSAMPLING);
        }
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
          int value = Math.round(255 * sum[channel] / (OVERSAMPLING * OVERSAMPLING));
          rgb = rgb << 8 | Math.min(255, value);
        }
        image.setRGB(column, row, rgb);
      }
    }
    return image;
  }

  private void addPixel(float[] sum, int column, int row) {
    int index = row * width + column;
    if (owner[index] == Integer.MIN_VALUE) {
      sum[0] += 1;
      sum[1] += 1;
      sum[2] += 1;
      return;
    }
    float edge = 1;
    if (column > 0 && row > 0) {
      float jump =
          Math.max(
              Math.abs(depth[index] - depth[index - 1]),
              Math.abs(depth[index] - depth[index - width]));
      edge = jump / Math.min(depth[index], FARTHEST_SCALE) > EDGE_JUMP ? 0.6f : 1;
    }
    float[] tint = tint(owner[index]);
    for (int channel = 0; channel < 3; channel++) {
      sum[channel] += tint[channel] * shade[index] * edge;
    }
  }

  private static float[] tint(int owned) {
    if (owned == FaceOwners.STRUCTURE) {
      return new float[] {0.93f, 0.91f, 0.87f};
    }
    Color colour = Color.getHSBColor(owned * 0.381966f, 0.38f, 0.95f);
    return colour.getRGBColorComponents(null);
  }
}
