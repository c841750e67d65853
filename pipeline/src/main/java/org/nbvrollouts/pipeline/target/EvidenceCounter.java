package org.nbvrollouts.pipeline.target;

import java.util.Arrays;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.VoxelEvidence;

/** Counts what a snippet shows of an object (specification generation 3.2). */
final class EvidenceCounter {
  private static final int IMAGE_BOXES = 3;
  private static final int IMAGE_BOX_OFFSET = 6;
  private static final int IMAGE_BOX_LENGTH = 4;

  private final TargetEvidenceConfig config;
  private final double[] points;
  private final double[] voxels;

  /** Gathers the points and voxel centres of a snippet, world metres. */
  EvidenceCounter(TargetEvidenceConfig config, ActorEvidence actor) {
    this.config = config;
    points = firstPoints(actor.points().pointsWorld(), config.maxSupportPoints());
    voxels =
        actor
            .voxels()
            .map(grid -> observedCentres(grid, config.maxSupportPoints()))
            .orElseGet(() -> new double[0]);
  }

  TargetEvidence count(WorldBox box) {
    double area = projectedArea(box.box());
    int semidense = countInside(box, points);
    int evl = countInside(box, voxels);
    return new TargetEvidence(
        area,
        area / config.projectedAreaNormalizerPixels(),
        semidense,
        evl,
        semidense + config.evlSupportWeight() * evl);
  }

  /** Largest clipped image box, px²; a missing box is −1 throughout and gives 0. */
  double projectedArea(OrientedBox box) {
    double largest = 0;
    for (int camera = 0; camera < IMAGE_BOXES; camera++) {
      int at = IMAGE_BOX_OFFSET + IMAGE_BOX_LENGTH * camera;
      double width = clippedLength(box.value(at), box.value(at + 1), config.imageWidth());
      double height = clippedLength(box.value(at + 2), box.value(at + 3), config.imageHeight());
      double area = width * height;
      largest = area > largest ? area : largest;
    }
    return largest;
  }

  private static double clippedLength(double low, double high, double size) {
    double length = Math.min(high, size) - Math.max(low, 0);
    return length > 0 ? length : 0;
  }

  /** Nothing is strictly inside a box without volume or with a pose that is not finite. */
  private int countInside(WorldBox box, double[] world) {
    Pose12 objectFromWorld = box.worldFromObject().inverse();
    double scale = config.obbSupportScale();
    OrientedBox b = box.box();
    int count = 0;
    for (int i = 0; i < world.length; i += 3) {
      double x = world[i];
      double y = world[i + 1];
      double z = world[i + 2];
      count +=
          isInside(b, 0, scale, objectFromWorld.applyX(x, y, z))
                  && isInside(b, 1, scale, objectFromWorld.applyY(x, y, z))
                  && isInside(b, 2, scale, objectFromWorld.applyZ(x, y, z))
              ? 1
              : 0;
    }
    return count;
  }

  private static boolean isInside(OrientedBox box, int axis, double scale, double value) {
    return value > box.min(axis) * scale && value < box.max(axis) * scale;
  }

  private static double[] firstPoints(PointCloud cloud, int limit) {
    int count = Math.min(cloud.size(), limit);
    double[] world = new double[3 * count];
    for (int i = 0; i < count; i++) {
      world[3 * i] = cloud.x(i);
      world[3 * i + 1] = cloud.y(i);
      world[3 * i + 2] = cloud.z(i);
    }
    return world;
  }

  /** Centres of observed voxels in C order (depth along z, height along y, width along x). */
  private static double[] observedCentres(VoxelEvidence grid, int limit) {
    int depth = grid.dims().at(0);
    int height = grid.dims().at(1);
    int width = grid.dims().at(2);
    AxisAlignedBox extent = grid.extent();
    double[] world = new double[3 * limit];
    int used = 0;
    for (int i = 0; i < grid.counts().length() && used < limit; i++) {
      if (grid.counts().at(i) <= 0) {
        continue;
      }
      double x = cellCentre(extent.minX(), extent.maxX(), i % width, width);
      double y = cellCentre(extent.minY(), extent.maxY(), i / width % height, height);
      double z = cellCentre(extent.minZ(), extent.maxZ(), i / width / height, depth);
      world[3 * used] = grid.worldFromVoxel().applyX(x, y, z);
      world[3 * used + 1] = grid.worldFromVoxel().applyY(x, y, z);
      world[3 * used + 2] = grid.worldFromVoxel().applyZ(x, y, z);
      used++;
    }
    return Arrays.copyOf(world, 3 * used);
  }

  private static double cellCentre(double min, double max, int cell, int cells) {
    return min + (cell + 0.5) * (max - min) / cells;
  }
}
