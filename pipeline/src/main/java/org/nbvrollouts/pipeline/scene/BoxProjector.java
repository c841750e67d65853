package org.nbvrollouts.pipeline.scene;

import java.util.Arrays;
import java.util.List;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Pose12;

/** Which boxes a frame sees, and where in the image they lie. Not thread-safe. */
final class BoxProjector {
  private static final int PIXEL_STRIDE = 3;
  private static final int LEAST_SEEN_PIXELS = 2;
  private static final int LATTICE = 8;
  private static final double FAR_METRES = 12;

  private final RigCamera eye;
  private final FaceOwners owners;

  BoxProjector(RigCamera eye, FaceOwners owners) {
    this.eye = eye;
    this.owners = owners;
  }

  /** Image boxes of all objects at one pose, in object order; empty for those that are not seen. */
  ImageBox[] project(Pose12 worldFromRig, CameraCalibration calibration, List<ObjectBox> boxes) {
    eye.moveTo(worldFromRig, calibration);
    int[] seen = countSeenPixels(boxes.size());
    ImageBox[] images = new ImageBox[boxes.size()];
    Arrays.fill(images, ImageBox.EMPTY);
    for (int i = 0; i < images.length; i++) {
      if (seen[i] >= LEAST_SEEN_PIXELS) {
        images[i] = projectSurface(boxes.get(i));
      }
    }
    return images;
  }

  private int[] countSeenPixels(int objects) {
    int[] seen = new int[objects];
    for (int v = 1; v < eye.camera().height(); v += PIXEL_STRIDE) {
      for (int u = 1; u < eye.camera().width(); u += PIXEL_STRIDE) {
        if (eye.camera().isInView(u, v) && eye.look(u, v, FAR_METRES)) {
          int owner = owners.ownerOf(eye.face());
          if (owner != FaceOwners.STRUCTURE) {
            seen[owner]++;
          }
        }
      }
    }
    return seen;
  }

  /** Pixels of a lattice on the box's surface, as far as they lie in the image. */
  private ImageBox projectSurface(ObjectBox box) {
    Pose12 cameraFromBox = eye.worldFromCamera().inverse().compose(box.worldFromBox());
    double[] uv = new double[2];
    ImageBox image = ImageBox.EMPTY;
    for (int i = 0; i <= LATTICE; i++) {
      for (int j = 0; j <= LATTICE; j++) {
        for (int k = 0; k <= LATTICE; k++) {
          boolean inside = isBetween(i) && isBetween(j) && isBetween(k);
          if (inside) {
            continue;
          }
          double x = box.sizeX() * ((double) i / LATTICE - 0.5);
          double y = box.sizeY() * ((double) j / LATTICE - 0.5);
          double z = box.sizeZ() * ((double) k / LATTICE - 0.5);
          double depth = cameraFromBox.applyZ(x, y, z);
          boolean projected =
              depth > 0.02
                  && eye.camera()
                      .project(
                          cameraFromBox.applyX(x, y, z), cameraFromBox.applyY(x, y, z), depth, uv);
          if (projected && eye.camera().isInView(uv[0], uv[1])) {
            image = image.include(uv[0], uv[1]);
          }
        }
      }
    }
    return image;
  }

  private static boolean isBetween(int step) {
    return step > 0 && step < LATTICE;
  }
}
