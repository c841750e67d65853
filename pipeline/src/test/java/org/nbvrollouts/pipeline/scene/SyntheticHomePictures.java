package org.nbvrollouts.pipeline.scene;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Pose12;

/**
 * Draws generated homes for people to look at, among them the pictures in {@code docs/images}:
 *
 * <pre>
 * mvn -q -pl pipeline -am test-compile
 * java -cp pipeline/target/test-classes:pipeline/target/classes:store-format/target/classes \
 *     org.nbvrollouts.pipeline.scene.SyntheticHomePictures OUT SEED SCENE [SCENE…]
 * </pre>
 *
 * <p>Per scene it writes the home from above with the ceiling removed, what a wide pinhole camera
 * would see at a few places of the walk, and what the fisheye camera of the walk sees there.
 */
final class SyntheticHomePictures {
  private static final int PIXELS_PER_METRE = 80;
  private static final int BORDER = 10;
  private static final double CUT_HEIGHT = 2.2;
  private static final double TILT = 0.25;
  private static final int VIEW_WIDTH = 640;
  private static final int VIEW_HEIGHT = 480;
  private static final double VIEW_FOCAL = 330;
  private static final int VIEWS = 6;

  private SyntheticHomePictures() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    Files.createDirectories(folder);
    for (String text : List.of(arguments).subList(2, arguments.length)) {
      int number = Integer.parseInt(text);
      SyntheticScene scene =
          new SyntheticSceneGenerator(SyntheticSceneConfig.of(number + 1, seed)).scene(number);
      String name = scene.sceneId() + "-seed-" + seed;
      write(fromAbove(scene).toImage(), folder.resolve(name + "-top.png"));
      for (int view = 0; view < VIEWS; view++) {
        int frame = (scene.walk().size() - 1) * view / (VIEWS - 1);
        Pose12 pose = scene.walk().worldFromRig().get(frame);
        write(ahead(scene, pose).toImage(), folder.resolve(name + "-view-" + view + ".png"));
        write(fisheye(scene, pose), folder.resolve(name + "-fisheye-" + view + ".png"));
      }
    }
  }

  /** Slightly slanted from the south, without the south wall and all above door height. */
  static ShadedPicture fromAbove(SyntheticScene scene) {
    AxisAlignedBox volume = scene.volume();
    double scale = PIXELS_PER_METRE * ShadedPicture.OVERSAMPLING;
    double border = BORDER * ShadedPicture.OVERSAMPLING;
    double deep = volume.maxY() - volume.minY() + CUT_HEIGHT * TILT;
    ShadedPicture picture =
        new ShadedPicture(
            (int) (PIXELS_PER_METRE * (volume.maxX() - volume.minX())) + 2 * BORDER,
            (int) (PIXELS_PER_METRE * deep) + 2 * BORDER);
    picture.draw(
        scene.mesh(),
        scene.owners(),
        new ShadedPicture.Cut(CUT_HEIGHT, face -> !isSouthWall(scene, face)),
        (world, pixel) -> {
          pixel[0] = (world[0] - volume.minX()) * scale + border;
          pixel[1] = (volume.maxY() - world[1] + (CUT_HEIGHT - world[2]) * TILT) * scale + border;
          pixel[2] = 1000 - world[2] + world[1] * TILT;
        });
    return picture;
  }

  /** The interior starts at y = 0, so the south wall is all structure up to there. */
  private static boolean isSouthWall(SyntheticScene scene, int face) {
    boolean south = scene.owners().ownerOf(face) == FaceOwners.STRUCTURE;
    for (int corner = 0; corner < 3; corner++) {
      south &= scene.mesh().cornerCoordinate(face, corner, 1) < 1e-6;
    }
    return south;
  }

  /** What an undistorted camera on the rig sees. */
  static ShadedPicture ahead(SyntheticScene scene, Pose12 worldFromRig) {
    Pose12 rigFromWorld = worldFromRig.inverse();
    double focal = VIEW_FOCAL * ShadedPicture.OVERSAMPLING;
    ShadedPicture picture = new ShadedPicture(VIEW_WIDTH, VIEW_HEIGHT);
    picture.draw(
        scene.mesh(),
        scene.owners(),
        ShadedPicture.Cut.NONE,
        (world, pixel) -> {
          double down = rigFromWorld.applyX(world[0], world[1], world[2]);
          double left = rigFromWorld.applyY(world[0], world[1], world[2]);
          double depth = rigFromWorld.applyZ(world[0], world[1], world[2]);
          pixel[0] = VIEW_WIDTH * ShadedPicture.OVERSAMPLING / 2.0 - focal * left / depth;
          pixel[1] = VIEW_HEIGHT * ShadedPicture.OVERSAMPLING / 2.0 + focal * down / depth;
          pixel[2] = depth;
        });
    return picture;
  }

  /** Distance through the pixels of the logged camera: white is near, black is 6 m or nothing. */
  static BufferedImage fisheye(SyntheticScene scene, Pose12 worldFromRig) {
    CameraCalibration calibration = scene.calibration();
    RigCamera eye = new RigCamera(scene.bvh(), calibration);
    eye.moveTo(worldFromRig, calibration);
    int size = eye.camera().width();
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int v = 0; v < size; v++) {
      for (int u = 0; u < size; u++) {
        boolean hit = eye.camera().isInView(u, v) && eye.look(u, v, 20);
        int grey = hit ? (int) (255 * Math.max(0, 1 - eye.distance() / 6)) : 0;
        image.setRGB(u, v, grey << 16 | grey << 8 | grey);
      }
    }
    return image;
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    ImageIO.write(image, "png", file.toFile());
  }
}
