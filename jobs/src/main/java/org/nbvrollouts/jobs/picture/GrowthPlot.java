package org.nbvrollouts.jobs.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.nbvrollouts.store.error.EnvironmentException;

/** Curves over two logarithmic axes, each named where it ends and told apart by its marks, too. */
public final class GrowthPlot {
  private static final int WIDTH = 1400;
  private static final int HEIGHT = 820;
  private static final Rectangle PLOT = new Rectangle(92, 74, 880, 666);
  private static final int LABEL_GAP = 24;
  private static final double HEADROOM = 1.25;
  private static final int MARK = 9;
  private static final Color[] COLOURS = {
    PictureColours.INK,
    PictureColours.CURRENT,
    PictureColours.CANDIDATE,
    PictureColours.TARGET,
    PictureColours.OUTSIDE,
    PictureColours.EXTENT,
    new Color(0x56B4E9),
    PictureColours.FAINT_INK,
    new Color(0x8C6D1F)
  };

  private final Graphics2D graphics;
  private final Content content;
  private final Axis x;
  private final Axis y;

  /** A value, both above 0. */
  public record Point(double x, double y) {}

  /** A curve and how it is called. */
  public record Curve(String label, List<Point> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /** Everything a plot says. The first curve is the boldest. */
  public record Content(String title, String labelX, String labelY, List<Curve> curves) {
    public Content {
      curves = List.copyOf(curves);
    }
  }

  /** Logarithms of the ends of an axis. */
  private record Axis(double low, double high) {
    static Axis over(List<Double> values) {
      double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
      double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
      return new Axis(Math.log10(low / HEADROOM), Math.log10(high * HEADROOM));
    }

    double share(double value) {
      return (Math.log10(value) - low) / (high - low);
    }
  }

  private GrowthPlot(Graphics2D graphics, Content content) {
    this.graphics = graphics;
    this.content = content;
    List<Point> all = content.curves().stream().flatMap(one -> one.points().stream()).toList();
    this.x = Axis.over(all.stream().map(Point::x).toList());
    this.y = Axis.over(all.stream().map(Point::y).toList());
  }

  /**
   * Draws a plot and writes it as PNG.
   *
   * @throws EnvironmentException if the file cannot be written
   */
  public static void write(Content content, Path file) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    new GrowthPlot(graphics, content).draw();
    graphics.dispose();
    PngFile.write(picture, file);
  }

  private void draw() {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(PictureColours.INK);
    font(Font.BOLD, 19);
    graphics.drawString(content.title(), PLOT.x, 42);
    font(Font.PLAIN, 14);
    grid();
    for (int i = content.curves().size() - 1; i >= 0; i--) {
      curve(i);
    }
    labels();
  }

  private void font(int style, int size) {
    graphics.setFont(new Font(Font.SANS_SERIF, style, size));
  }

  private void grid() {
    for (double value : ticks(x)) {
      int at = (int) Math.round(pixelX(value));
      gridLine(at, PLOT.y, at, PLOT.y + PLOT.height);
      centred(number(value), at, PLOT.y + PLOT.height + 20);
    }
    for (double value : ticks(y)) {
      int at = (int) Math.round(pixelY(value));
      gridLine(PLOT.x, at, PLOT.x + PLOT.width, at);
      String text = number(value);
      graphics.drawString(text, PLOT.x - 8 - graphics.getFontMetrics().stringWidth(text), at + 5);
    }
    graphics.setColor(PictureColours.FRAME);
    graphics.draw(PLOT);
    graphics.setColor(PictureColours.INK);
    centred(content.labelX(), PLOT.x + PLOT.width / 2, PLOT.y + PLOT.height + 48);
    graphics.drawString(content.labelY(), PLOT.x, PLOT.y - 10);
  }

  private void gridLine(int fromX, int fromY, int toX, int toY) {
    graphics.setColor(new Color(0xE4E4E4));
    graphics.setStroke(PictureColours.THIN);
    graphics.drawLine(fromX, fromY, toX, toY);
    graphics.setColor(PictureColours.INK);
  }

  /** 1, 2 and 5 times the powers of ten. */
  private static List<Double> ticks(Axis axis) {
    List<Double> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(axis.low()); power <= Math.ceil(axis.high()); power++) {
      for (int factor : new int[] {1, 2, 5}) {
        double value = factor * Math.pow(10, power);
        if (axis.share(value) >= 0 && axis.share(value) <= 1) {
          ticks.add(value);
        }
      }
    }
    return ticks;
  }

  private void curve(int index) {
    List<Point> points = content.curves().get(index).points();
    graphics.setColor(colour(index));
    graphics.setStroke(new BasicStroke(index == 0 ? 3.2f : 1.8f));
    for (int i = 1; i < points.size(); i++) {
      graphics.draw(
          new Line2D.Double(
              pixelX(points.get(i - 1).x()),
              pixelY(points.get(i - 1).y()),
              pixelX(points.get(i).x()),
              pixelY(points.get(i).y())));
    }
    points.forEach(point -> mark(index, pixelX(point.x()), pixelY(point.y())));
  }

  private void mark(int index, double atX, double atY) {
    double half = MARK / 2.0;
    Shape shape =
        switch (index % 4) {
          case 0 -> new Ellipse2D.Double(atX - half, atY - half, MARK, MARK);
          case 1 -> new Rectangle2D.Double(atX - half, atY - half, MARK, MARK);
          case 2 -> polygon(atX, atY, 3);
          default -> polygon(atX, atY, 4);
        };
    if (index / 4 % 2 == 0) {
      graphics.fill(shape);
    } else {
      graphics.setColor(Color.WHITE);
      graphics.fill(shape);
      graphics.setColor(colour(index));
      graphics.draw(shape);
    }
  }

  private static Shape polygon(double atX, double atY, int corners) {
    Path2D.Double shape = new Path2D.Double();
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      double toX = atX + 0.75 * MARK * Math.sin(angle);
      double toY = atY - 0.75 * MARK * Math.cos(angle);
      if (i == 0) {
        shape.moveTo(toX, toY);
      } else {
        shape.lineTo(toX, toY);
      }
    }
    shape.closePath();
    return shape;
  }

  /** Names beside the ends of the curves, in the order of the ends, pushed apart. */
  private void labels() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < content.curves().size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(this::end));
    double[] places = order.stream().mapToDouble(this::end).toArray();
    double least = PLOT.y + 6;
    for (int i = 0; i < places.length; i++) {
      places[i] = Math.max(places[i], least);
      least = places[i] + LABEL_GAP;
    }
    double most = PLOT.y + PLOT.height - 6;
    for (int i = places.length - 1; i >= 0; i--) {
      places[i] = Math.min(places[i], most);
      most = places[i] - LABEL_GAP;
    }
    for (int i = 0; i < places.length; i++) {
      label(order.get(i), places[i]);
    }
  }

  private void label(int index, double at) {
    Curve curve = content.curves().get(index);
    int right = PLOT.x + PLOT.width;
    Point last = curve.points().get(curve.points().size() - 1);
    graphics.setColor(colour(index));
    graphics.setStroke(PictureColours.THIN);
    graphics.draw(new Line2D.Double(pixelX(last.x()), end(index), right + 26, at));
    graphics.setStroke(new BasicStroke(1.8f));
    mark(index, right + 34, at);
    graphics.setColor(PictureColours.INK);
    font(index == 0 ? Font.BOLD : Font.PLAIN, 14);
    graphics.drawString(curve.label(), right + 48, (float) at + 5);
  }

  private double end(int index) {
    List<Point> points = content.curves().get(index).points();
    return pixelY(points.get(points.size() - 1).y());
  }

  private double pixelX(double value) {
    return PLOT.x + x.share(value) * PLOT.width;
  }

  private double pixelY(double value) {
    return PLOT.y + PLOT.height * (1 - y.share(value));
  }

  private static Color colour(int index) {
    return COLOURS[index % COLOURS.length];
  }

  private static String number(double value) {
    if (value >= 1e6) {
      return String.format(Locale.ROOT, "%.0f M", value / 1e6);
    }
    return value < 1
        ? String.format(Locale.ROOT, "%.2g", value)
        : String.format(Locale.ROOT, "%,.0f", value);
  }

  private void centred(String text, int atX, int atY) {
    graphics.drawString(text, atX - graphics.getFontMetrics().stringWidth(text) / 2, atY);
  }
}
