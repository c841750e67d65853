package org.nbvrollouts.jobs.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.Locale;
import org.nbvrollouts.store.source.Point3;

/** Draws world things through a projection into a part of a picture; scale equal on both axes. */
final class MapCanvas {
  private static final double[] STEPS = {0.1, 0.2, 0.5, 1, 2, 5, 10};
  private static final double LARGEST_BAR = 0.3;
  private static final int LEAST_TICK_PIXELS = 55;

  private final Graphics2D graphics;
  private final Rectangle plot;
  private final Projection projection;
  private final double scale;
  private final double lowU;
  private final double lowV;

  /**
   * A canvas that shows some bounds and what more fits.
   *
   * @param plot part of the picture, pixels
   */
  MapCanvas(Graphics2D graphics, Rectangle plot, Projection projection, MapBounds bounds) {
    this.graphics = graphics;
    this.plot = plot;
    this.projection = projection;
    this.scale =
        Math.min(
            plot.width / (bounds.highU() - bounds.lowU()),
            plot.height / (bounds.highV() - bounds.lowV()));
    this.lowU = 0.5 * (bounds.lowU() + bounds.highU() - plot.width / scale);
    this.lowV = 0.5 * (bounds.lowV() + bounds.highV() - plot.height / scale);
  }

  Projection projection() {
    return projection;
  }

  double x(Point3 p) {
    return plot.x + (projection.u(p.x(), p.y()) - lowU) * scale;
  }

  double y(Point3 p) {
    return plot.y + plot.height - (projection.v(p.y(), p.z()) - lowV) * scale;
  }

  /** True if something with these picture coordinates could show. */
  boolean shows(double minX, double maxX, double minY, double maxY) {
    return maxX >= plot.x
        && minX <= plot.x + plot.width
        && maxY >= plot.y
        && minY <= plot.y + plot.height;
  }

  void line(Point3 from, Point3 to, Color colour, Stroke stroke) {
    graphics.setColor(colour);
    graphics.setStroke(stroke);
    graphics.draw(new Line2D.Double(x(from), y(from), x(to), y(to)));
  }

  void triangle(Point3 a, Point3 b, Point3 c, Color fill, Color edge) {
    Path2D.Double shape = new Path2D.Double();
    shape.moveTo(x(a), y(a));
    shape.lineTo(x(b), y(b));
    shape.lineTo(x(c), y(c));
    shape.closePath();
    if (fill != null) {
      graphics.setColor(fill);
      graphics.fill(shape);
    }
    graphics.setColor(edge);
    graphics.setStroke(PictureColours.THIN);
    graphics.draw(shape);
  }

  void dot(Point3 at, double diameter, Color colour) {
    graphics.setColor(colour);
    graphics.fill(circle(at, diameter / 2));
  }

  void ring(Point3 at, double diameter, Color colour, Stroke stroke) {
    graphics.setColor(colour);
    graphics.setStroke(stroke);
    graphics.draw(circle(at, diameter / 2));
  }

  /** A circle whose radius is metres. */
  void sphere(Point3 at, double radiusMetres, Color colour, Stroke stroke) {
    ring(at, 2 * radiusMetres * scale, colour, stroke);
  }

  private Ellipse2D circle(Point3 at, double radius) {
    return new Ellipse2D.Double(x(at) - radius, y(at) - radius, 2 * radius, 2 * radius);
  }

  /** Frame, numbered ticks along the lower and left side, and a scale bar. */
  void frame(String labelU) {
    graphics.setStroke(PictureColours.THIN);
    graphics.setColor(PictureColours.FRAME);
    graphics.draw(plot);
    double step = step(LEAST_TICK_PIXELS / scale);
    graphics.setColor(PictureColours.FAINT_INK);
    for (double u = Math.ceil(lowU / step) * step; u < lowU + plot.width / scale; u += step) {
      int x = (int) (plot.x + (u - lowU) * scale);
      graphics.drawLine(x, plot.y + plot.height, x, plot.y + plot.height + 4);
      centred(number(u), x, plot.y + plot.height + 18);
    }
    for (double v = Math.ceil(lowV / step) * step; v < lowV + plot.height / scale; v += step) {
      int y = (int) (plot.y + plot.height - (v - lowV) * scale);
      graphics.drawLine(plot.x - 4, y, plot.x, y);
      String text = number(v);
      graphics.drawString(text, plot.x - 7 - graphics.getFontMetrics().stringWidth(text), y + 4);
    }
    centred(labelU, plot.x + plot.width / 2, plot.y + plot.height + 38);
    scaleBar();
  }

  private void scaleBar() {
    double length = STEPS[0];
    for (double step : STEPS) {
      length = step * scale <= LARGEST_BAR * plot.width ? step : length;
    }
    int pixels = (int) Math.round(length * scale);
    int x = plot.x + plot.width - pixels - 16;
    int y = plot.y + plot.height - 16;
    graphics.setColor(new Color(255, 255, 255, 220));
    graphics.fillRect(x - 8, y - 22, pixels + 16, 30);
    graphics.setColor(PictureColours.INK);
    graphics.fillRect(x, y, pixels, 4);
    centred(number(length) + " m", x + pixels / 2, y - 6);
  }

  private static double step(double least) {
    for (double step : STEPS) {
      if (step >= least) {
        return step;
      }
    }
    return 10 * STEPS[STEPS.length - 1];
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.equals("-0.0") ? "0.0" : text;
  }

  private void centred(String text, int x, int y) {
    graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, y);
  }
}
