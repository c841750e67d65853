package org.nbvrollouts.pipeline.replay;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.pipeline.target.TargetEvidence;
import org.nbvrollouts.pipeline.target.TargetEvidenceConfig;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.VoxelEvidence;

/** What a snippet shows of a box (specification generation 3.2). */
final class EvidenceReplay {
  private final TargetEvidenceConfig config;
  private final List<Point3> points = new ArrayList<>();
  private final List<Point3> voxels = new ArrayList<>();

  EvidenceReplay(TargetEvidenceConfig config, ActorEvidence actor) {
    this.config = config;
    PointCloud cloud = actor.points().pointsWorld();
    for (int i = 0; i < Math.min(cloud.size(), config.maxSupportPoints()); i++) {
      points.add(new Point3(cloud.x(i), cloud.y(i), cloud.z(i)));
    }
    actor.voxels().ifPresent(this::addVoxels);
  }

  private void addVoxels(VoxelEvidence grid) {
    int rows = grid.dims().at(1);
    int columns = grid.dims().at(2);
    AxisAlignedBox extent = grid.extent();
    for (int i = 0; i < grid.counts().length(); i++) {
      if (grid.counts().at(i) > 0 && voxels.size() < config.maxSupportPoints()) {
        double x = centre(extent.minX(), extent.maxX(), i % columns, columns);
        double y = centre(extent.minY(), extent.maxY(), i / columns % rows, rows);
        double z = centre(extent.minZ(), extent.maxZ(), i / columns / rows, grid.dims().at(0));
        Pose12 pose = grid.worldFromVoxel();
        voxels.add(new Point3(pose.applyX(x, y, z), pose.applyY(x, y, z), pose.applyZ(x, y, z)));
      }
    }
  }

  private static double centre(double least, double largest, int cell, int cells) {
    return least + (cell + 0.5) * (largest - least) / cells;
  }

  TargetEvidence count(TargetReplay.PlacedBox box) {
    double area = projectedArea(box.box());
    int semidense = inside(box, points);
    int evl = inside(box, voxels);
    return new TargetEvidence(
        area,
        area / config.projectedAreaNormalizerPixels(),
        semidense,
        evl,
        semidense + config.evlSupportWeight() * evl);
  }

  /** Largest of the three image boxes, each cut to the image, px². */
  private double projectedArea(OrientedBox box) {
    double largest = 0;
    for (int first = 6; first < 18; first += 4) {
      double width = side(box.value(first), box.value(first + 1), config.imageWidth());
      double height = side(box.value(first + 2), box.value(first + 3), config.imageHeight());
      largest = Math.max(largest, width * height);
    }
    return largest;
  }

  private static double side(double low, double high, double size) {
    return Math.max(0, clamp(high, size) - clamp(low, size));
  }

  private static double clamp(double pixel, double size) {
    return Math.max(0, Math.min(size, pixel));
  }

  /** Points strictly inside the box scaled about the origin of its object. */
  private int inside(TargetReplay.PlacedBox placed, List<Point3> world) {
    Pose12 p = placed.worldFromObject().inverse();
    OrientedBox box = placed.box();
    double scale = config.obbSupportScale();
    int count = 0;
    for (Point3 w : world) {
      double[] local = {
        p.applyX(w.x(), w.y(), w.z()), p.applyY(w.x(), w.y(), w.z()), p.applyZ(w.x(), w.y(), w.z())
      };
      boolean isInside = true;
      for (int axis = 0; axis < 3; axis++) {
        isInside &= local[axis] > box.min(axis) * scale && local[axis] < box.max(axis) * scale;
      }
      count += isInside ? 1 : 0;
    }
    return count;
  }
}
