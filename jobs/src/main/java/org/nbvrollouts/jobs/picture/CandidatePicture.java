package org.nbvrollouts.jobs.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.nbvrollouts.jobs.explain.CandidateCase;
import org.nbvrollouts.jobs.explain.CandidateReport;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * One picture that shows why a candidate has its reason or its gain: what it sees, and the move,
 * the target and the points from above and from the side, in metres.
 */
public final class CandidatePicture {
  /** Width of every picture, pixels. */
  public static final int WIDTH = 1600;

  /** Height of every picture, pixels. */
  public static final int HEIGHT = 900;

  private static final int LEFT = 28;
  private static final int PANELS_TOP = 142;
  private static final Rectangle DEPTH = new Rectangle(LEFT, PANELS_TOP, 360, 360);
  private static final Rectangle TOP = new Rectangle(540, PANELS_TOP, 490, 690);
  private static final Rectangle SIDE = new Rectangle(1090, PANELS_TOP, 490, 690);
  private static final double GROWN_METRES = 0.6;

  private final CandidateCase candidate;
  private final CandidateReport report;
  private final BufferedImage picture =
      new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D graphics = picture.createGraphics();

  private CandidatePicture(CandidateCase candidate, CandidateReport report) {
    this.candidate = candidate;
    this.report = report;
  }

  /**
   * Draws a candidate and writes it as PNG.
   *
   * @throws EnvironmentException if the file cannot be written
   */
  public static void write(CandidateCase candidate, CandidateReport report, Path file) {
    CandidatePicture drawn = new CandidatePicture(candidate, report);
    drawn.draw();
    PngFile.write(drawn.picture, file);
  }

  private void draw() {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    title();
    font(Font.BOLD, 15);
    graphics.drawString(
        candidate.isValid()
            ? "What the candidate sees"
            : "What the candidate would see (not scored)",
        LEFT,
        PANELS_TOP - 12);
    graphics.drawString("From above: world y over world x", TOP.x, PANELS_TOP - 12);
    graphics.drawString(
        "From the side: height over the way to the target", SIDE.x, PANELS_TOP - 12);
    font(Font.PLAIN, 13);
    new DepthPanel(candidate, graphics).draw(DEPTH);
    int below = new PictureLegend(graphics, LEFT, DEPTH.y + DEPTH.height + 32).draw();
    int line = below + 10;
    graphics.setColor(PictureColours.INK);
    for (String text : report.keyNumbers()) {
      graphics.drawString(text, LEFT, line);
      line += 19;
    }
    map(TOP, Projection.top(), "world x, m");
    map(SIDE, sideView(), "from the camera towards the target, m");
    graphics.dispose();
  }

  private void title() {
    font(Font.BOLD, 19);
    graphics.setColor(PictureColours.INK);
    int y = 34;
    for (String line : wrapped(report.sentence().replace(" m2", " m\u00b2"), WIDTH - 2 * LEFT)) {
      graphics.drawString(line, LEFT, y);
      y += 25;
    }
    font(Font.PLAIN, 14);
    graphics.setColor(PictureColours.FAINT_INK);
    graphics.drawString(report.identity(), LEFT, y);
  }

  private void font(int style, int size) {
    graphics.setFont(new Font(Font.SANS_SERIF, style, size));
    graphics.setColor(PictureColours.INK);
  }

  private List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && graphics.getFontMetrics().stringWidth(longer) > width) {
        lines.add(line);
        longer = word;
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }

  private void map(Rectangle plot, Projection projection, String labelU) {
    MapBounds bounds = MapBounds.of(projection, subjects(), GROWN_METRES);
    MapCanvas canvas = new MapCanvas(graphics, plot, projection, bounds);
    Shape clip = graphics.getClip();
    graphics.clip(plot);
    new MapPanel(candidate, canvas, bounds).draw();
    graphics.setClip(clip);
    font(Font.PLAIN, 13);
    canvas.frame(labelU);
  }

  /** What both maps must show: both cameras and the grown box. */
  private List<Point3> subjects() {
    Stream<Point3> corners =
        TargetBox.of(candidate).grownEdges().stream()
            .flatMap(edge -> Stream.of(edge.from(), edge.to()));
    return Stream.concat(
            corners,
            Stream.of(candidate.node().worldFromReference(), candidate.why().worldFromCamera())
                .map(Pose12::translation))
        .toList();
  }

  private Projection sideView() {
    Pose12 reference = candidate.node().worldFromReference();
    Point3 target = candidate.origin().target().actor().centreWorld();
    double dx = target.x() - reference.tx();
    double dy = target.y() - reference.ty();
    double length = Math.hypot(dx, dy);
    return length > 0
        ? Projection.side(dx / length, dy / length, reference.tx(), reference.ty())
        : Projection.side(1, 0, reference.tx(), reference.ty());
  }
}
