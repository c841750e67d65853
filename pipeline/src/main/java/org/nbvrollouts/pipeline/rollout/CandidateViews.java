package org.nbvrollouts.pipeline.rollout;

import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.ViewCaster;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.render.DepthImage;
import org.nbvrollouts.pipeline.render.DepthRenderer;
import org.nbvrollouts.store.rollout.SelectedDepth;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Pose12;

/**
 * What candidates see of the true mesh: points for the oracle, depth images for the store. Both use
 * the template calibration without its distortion (specification generation 5).
 */
final class CandidateViews {
  private final ViewCaster caster;
  private final DepthRenderer scoring;
  private final int stride;
  private final DepthRenderer retained;
  private final DepthImage image;

  CandidateViews(
      TargetScorerConfig scorer,
      SelectedDepthRetentionConfig depth,
      CameraCalibration template,
      Bvh mesh) {
    PinholeCamera camera = PinholeCamera.of(template);
    double znear = scorer.depth().znearMetres();
    double zfar = scorer.depth().zfarMetres();
    caster = new ViewCaster(mesh);
    scoring = new DepthRenderer(scoringCamera(camera, scorer.depth()), znear, zfar);
    stride = scorer.backprojectionStride();
    retained =
        new DepthRenderer(camera.resized(depth.widthPixels(), depth.heightPixels()), znear, zfar);
    image = retained.newImage();
  }

  private static PinholeCamera scoringCamera(
      PinholeCamera camera, TargetScorerConfig.DepthConfig config) {
    if (config.outputWidthPixels().isPresent()) {
      return camera.resized(
          config.outputWidthPixels().getAsInt(), config.outputHeightPixels().getAsInt());
    }
    return camera.scaled(config.resolutionScale());
  }

  /** The scoring camera. */
  PinholeCamera scoringCamera() {
    return scoring.camera();
  }

  /** The depth image that the points of {@link #cloud} come from, all pixels, in a new image. */
  DepthImage scoringImage(Pose12 worldFromCamera) {
    DepthImage view = scoring.newImage();
    scoring.render(worldFromCamera, caster, view);
    return view;
  }

  /**
   * The same view at another image size, in a new image.
   *
   * @param width pixels; the height keeps the proportions of the scoring camera
   */
  DepthImage enlarged(Pose12 worldFromCamera, int width) {
    PinholeCamera camera = scoring.camera();
    int height = Math.max(1, (int) ((long) width * camera.height() / camera.width()));
    DepthRenderer renderer = scoring.withCamera(camera.resized(width, height));
    DepthImage view = renderer.newImage();
    renderer.render(worldFromCamera, caster, view);
    return view;
  }

  /** The points seen from a pose, world metres, row by row, in a new buffer. */
  PointBuffer cloud(Pose12 worldFromCamera) {
    PointBuffer points = new PointBuffer(columns() * rows());
    scoring.castPoints(worldFromCamera, caster, stride, points);
    return points;
  }

  /** Rays behind one cloud. */
  long raysPerCloud() {
    return (long) columns() * rows();
  }

  /** Rays behind one depth image of the retained size. */
  long raysPerSelectedDepth() {
    return (long) image.width() * image.height();
  }

  private int columns() {
    return (scoring.camera().width() + stride - 1) / stride;
  }

  private int rows() {
    return (scoring.camera().height() + stride - 1) / stride;
  }

  /** The depth image of the retained size seen from a pose. */
  SelectedDepth selectedDepth(Pose12 worldFromCamera) {
    retained.render(worldFromCamera, caster, image);
    int width = image.width();
    int height = image.height();
    float[] depth = new float[width * height];
    boolean[] valid = new boolean[width * height];
    for (int pixel = 0; pixel < depth.length; pixel++) {
      int row = pixel / width;
      int column = pixel % width;
      valid[pixel] = image.isValid(row, column);
      depth[pixel] = valid[pixel] ? (float) image.depth(row, column) : 0f;
    }
    PinholeCamera camera = retained.camera();
    return new SelectedDepth(
        width, height, depth, valid, camera.fx(), camera.fy(), camera.cx(), camera.cy());
  }
}
