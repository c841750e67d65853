package org.nbvrollouts.jobs.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.util.Locale;
import org.nbvrollouts.jobs.explain.CandidateCase;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.render.DepthImage;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** What a candidate sees: depth in colours, a colour bar, and the grown box of the target. */
final class DepthPanel {
  /** Pixels of the rendered image; the panel shows each as a square. */
  private static final int IMAGE_WIDTH = 120;

  private static final double NEAREST_DRAWN = 0.02;
  private static final int BAR_WIDTH = 16;
  private static final int TICKS = 5;

  private final CandidateCase candidate;
  private final Graphics2D graphics;

  DepthPanel(CandidateCase candidate, Graphics2D graphics) {
    this.candidate = candidate;
    this.graphics = graphics;
  }

  /** Draws into a part of the picture; the colour bar stands to its right. */
  void draw(Rectangle area) {
    DepthImage view = candidate.node().view(candidate.shellIndex(), IMAGE_WIDTH);
    ColouredDepth depth =
        ColouredDepth.of(
            view.width(),
            view.height(),
            (row, column) -> view.isValid(row, column) ? view.depth(row, column) : Double.NaN);
    double scale =
        Math.min((double) area.width / view.width(), (double) area.height / view.height());
    Rectangle image =
        new Rectangle(area.x, area.y, (int) (view.width() * scale), (int) (view.height() * scale));
    graphics.drawImage(depth.image(), image.x, image.y, image.width, image.height, null);
    box(image);
    graphics.setColor(PictureColours.FRAME);
    graphics.setStroke(PictureColours.THIN);
    graphics.draw(image);
    bar(image, depth);
  }

  private void bar(Rectangle image, ColouredDepth coloured) {
    int x = image.x + image.width + 14;
    if (coloured.isEmpty()) {
      graphics.setColor(PictureColours.INK);
      graphics.drawString("nothing", x, image.y + 14);
      graphics.drawString("seen", x, image.y + 30);
      return;
    }
    double near = coloured.nearMetres();
    double far = coloured.farMetres();
    for (int y = 0; y < image.height; y++) {
      double depth = near + (far - near) * y / (image.height - 1);
      graphics.setColor(new Color(DepthColours.of(depth, near, far)));
      graphics.fillRect(x, image.y + y, BAR_WIDTH, 1);
    }
    graphics.setColor(PictureColours.INK);
    for (int tick = 0; tick < TICKS; tick++) {
      double part = (double) tick / (TICKS - 1);
      int y = image.y + (int) Math.round(part * (image.height - 1));
      graphics.drawLine(x + BAR_WIDTH, y, x + BAR_WIDTH + 4, y);
      int text = Math.max(image.y + 11, Math.min(image.y + image.height, y + 5));
      graphics.drawString(
          String.format(Locale.ROOT, "%.1f m", near + part * (far - near)),
          x + BAR_WIDTH + 7,
          text);
    }
  }

  /** The edges of the box that labels look into, in front of the camera. */
  private void box(Rectangle image) {
    Shape clip = graphics.getClip();
    graphics.clip(image);
    Pose12 cameraFromWorld = candidate.why().worldFromCamera().inverse();
    PinholeCamera camera = candidate.node().scoringCamera();
    double scale = (double) image.width / camera.width();
    for (TargetBox.Edge edge : TargetBox.of(candidate).grownEdges()) {
      Point3 from = cameraFromWorld.apply(edge.from().x(), edge.from().y(), edge.from().z());
      Point3 to = cameraFromWorld.apply(edge.to().x(), edge.to().y(), edge.to().z());
      if (from.z() < NEAREST_DRAWN) {
        Point3 swap = from;
        from = to;
        to = swap;
      }
      if (from.z() < NEAREST_DRAWN) {
        continue;
      }
      if (to.z() < NEAREST_DRAWN) {
        to = between(from, to, (from.z() - NEAREST_DRAWN) / (from.z() - to.z()));
      }
      Line2D line =
          new Line2D.Double(
              image.x + column(camera, from) * scale,
              image.y + row(camera, from) * scale,
              image.x + column(camera, to) * scale,
              image.y + row(camera, to) * scale);
      graphics.setColor(Color.WHITE);
      graphics.setStroke(PictureColours.BOLD);
      graphics.draw(line);
      graphics.setColor(PictureColours.TARGET);
      graphics.setStroke(PictureColours.DASHED);
      graphics.draw(line);
    }
    graphics.setClip(clip);
  }

  private static Point3 between(Point3 a, Point3 b, double part) {
    return new Point3(
        a.x() + part * (b.x() - a.x()),
        a.y() + part * (b.y() - a.y()),
        a.z() + part * (b.z() - a.z()));
  }

  private static double column(PinholeCamera camera, Point3 p) {
    return camera.cx() - camera.fx() * p.x() / p.z();
  }

  private static double row(PinholeCamera camera, Point3 p) {
    return camera.cy() - camera.fy() * p.y() / p.z();
  }
}
