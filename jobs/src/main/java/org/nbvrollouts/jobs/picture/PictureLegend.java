package org.nbvrollouts.jobs.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;

/** What the signs of an explaining picture mean, one line each. */
final class PictureLegend {
  private static final int LINE_HEIGHT = 21;
  private static final int SIGN_WIDTH = 30;

  private final Graphics2D graphics;
  private final int x;
  private int y;

  PictureLegend(Graphics2D graphics, int x, int y) {
    this.graphics = graphics;
    this.x = x;
    this.y = y;
  }

  /** Draws the legend; the result is the first free line below it. */
  int draw() {
    camera(PictureColours.REFERENCE, "camera before the move");
    camera(PictureColours.CANDIDATE, "camera of the candidate");
    line(PictureColours.INK, PictureColours.DOTTED, "the straight move");
    line(PictureColours.TARGET, PictureColours.LINE, "box of the target");
    line(PictureColours.TARGET, PictureColours.DASHED, "the box with its margin: what is scored");
    patch(PictureColours.KEPT_FACE, PictureColours.KEPT_EDGE, "faces the target is measured by");
    line(PictureColours.SURFACE, PictureColours.LINE, "other surfaces");
    dot(PictureColours.CURRENT, 4, "current points in the box");
    dot(PictureColours.CANDIDATE, 7, "points of the candidate in the box");
    ring(PictureColours.OUTSIDE, "points of the candidate elsewhere");
    line(PictureColours.EXTENT, PictureColours.LONG_DASHED, "occupancy extent");
    circle(PictureColours.CANDIDATE, "distance a failed rule requires");
    return y;
  }

  private void text(String words) {
    graphics.setColor(PictureColours.INK);
    graphics.drawString(words, x + SIGN_WIDTH + 12, y);
    y += LINE_HEIGHT;
  }

  private void line(Color colour, Stroke stroke, String words) {
    graphics.setColor(colour);
    graphics.setStroke(stroke);
    graphics.drawLine(x, y - 5, x + SIGN_WIDTH, y - 5);
    text(words);
  }

  private void camera(Color colour, String words) {
    graphics.setColor(colour);
    graphics.setStroke(PictureColours.LINE);
    graphics.drawLine(x + 6, y - 5, x + 24, y - 11);
    graphics.drawLine(x + 6, y - 5, x + 24, y + 1);
    graphics.drawLine(x + 24, y - 11, x + 24, y + 1);
    graphics.fill(new Ellipse2D.Double(x + 3, y - 8, 6, 6));
    text(words);
  }

  private void patch(Color fill, Color edge, String words) {
    graphics.setColor(fill);
    graphics.fillRect(x, y - 12, SIGN_WIDTH, 13);
    graphics.setColor(edge);
    graphics.setStroke(PictureColours.THIN);
    graphics.drawRect(x, y - 12, SIGN_WIDTH, 13);
    text(words);
  }

  private void dot(Color colour, double size, String words) {
    graphics.setColor(colour);
    for (int i = 0; i < 3; i++) {
      graphics.fill(new Ellipse2D.Double(x + 3 + 10 * i, y - 5 - size / 2, size, size));
    }
    text(words);
  }

  private void ring(Color colour, String words) {
    graphics.setColor(colour);
    graphics.setStroke(PictureColours.THIN);
    for (int i = 0; i < 3; i++) {
      graphics.draw(new Ellipse2D.Double(x + 3 + 10 * i, y - 7, 4, 4));
    }
    text(words);
  }

  private void circle(Color colour, String words) {
    graphics.setColor(colour);
    graphics.setStroke(PictureColours.DASHED);
    graphics.draw(new Ellipse2D.Double(x + 7, y - 13, 16, 16));
    text(words);
  }
}
