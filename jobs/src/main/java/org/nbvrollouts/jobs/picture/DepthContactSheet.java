package org.nbvrollouts.jobs.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/**
 * The depth images of a store side by side: one tile per distinct chosen view, with the rollout,
 * the step, the gain of the view and the depth range that its colours span.
 */
public final class DepthContactSheet {
  private static final int TILE = 240;
  private static final int LABEL = 48;
  private static final int GAP = 8;
  private static final int COLUMNS = 5;

  private final RolloutZarrStoreReader store;

  public DepthContactSheet(RolloutZarrStoreReader store) {
    this.store = store;
  }

  /**
   * Draws the first images and writes them as PNG.
   *
   * @param most number of tiles at the most
   * @return number of tiles drawn
   * @throws RefusedInputException if the store keeps no depth images
   */
  public int write(Path file, int most) {
    List<Integer> steps = distinctViews(most);
    if (steps.isEmpty()) {
      throw new RefusedInputException(
          "Cannot draw depth images: the store keeps none (store=" + store.location() + ")");
    }
    int columns = Math.min(COLUMNS, steps.size());
    int rows = (steps.size() + columns - 1) / columns;
    BufferedImage sheet =
        new BufferedImage(
            columns * (TILE + GAP) + GAP,
            rows * (TILE + LABEL + GAP) + GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    Labels labels = new Labels();
    for (int i = 0; i < steps.size(); i++) {
      int x = GAP + i % columns * (TILE + GAP);
      int y = GAP + i / columns * (TILE + LABEL + GAP);
      drawTile(graphics, labels, steps.get(i), x, y);
    }
    graphics.dispose();
    PngFile.write(sheet, file);
    return steps.size();
  }

  /** Steps with a view that no earlier one has: chains of one record share their first views. */
  private List<Integer> distinctViews(int most) {
    long[] candidates = store.longs("selected_depth/candidate_row_id");
    float[] poses = store.floats("candidates/pose_world_cam");
    Map<List<Float>, Integer> first = new HashMap<>();
    for (int step = 0; step < candidates.length; step++) {
      int offset = Math.toIntExact(candidates[step]) * 12;
      first.putIfAbsent(
          List.of(
              poses[offset + 2],
              poses[offset + 5],
              poses[offset + 8],
              poses[offset + 9],
              poses[offset + 10],
              poses[offset + 11]),
          step);
    }
    return first.values().stream().sorted().limit(most).toList();
  }

  private void drawTile(Graphics2D graphics, Labels labels, int step, int x, int y) {
    List<Long> shape = store.shape("selected_depth/depth_m");
    int height = Math.toIntExact(shape.get(1));
    int width = Math.toIntExact(shape.get(2));
    double[] depth = store.rows("selected_depth/depth_m", step, 1).doubles();
    ColouredDepth coloured =
        ColouredDepth.of(
            width,
            height,
            (row, column) -> {
              double metres = depth[row * width + column];
              return metres > 0 ? metres : Double.NaN;
            });
    graphics.drawImage(coloured.image(), x, y, TILE, TILE, null);
    graphics.setColor(Color.BLACK);
    graphics.drawString(labels.first(step), x, y + TILE + 13);
    graphics.drawString(labels.second(step), x, y + TILE + 27);
    graphics.drawString(
        coloured.isEmpty()
            ? "nothing seen"
            : String.format(
                Locale.ROOT, "depth %.1f to %.1f m", coloured.nearMetres(), coloured.farMetres()),
        x,
        y + TILE + 41);
  }

  /** What stands below a tile. */
  private final class Labels {
    private final List<String> texts = store.dictionary("config");
    private final int[] recipe = store.ints("lineage/branch_schedule_id");
    private final long[] source = store.longs("rollouts/source_row_id");
    private final long[] target = store.longs("rollouts/target_row_id");
    private final long[] rolloutOfStep = store.longs("steps/rollout_row_id");
    private final int[] stepIndex = store.ints("steps/step_index");
    private final long[] selected = store.longs("steps/selected_candidate_row_id");
    private final float[] gain = store.floats("candidates/target_root_gain");

    String first(int step) {
      int rollout = Math.toIntExact(rolloutOfStep[step]);
      return String.format(
          Locale.ROOT,
          "rollout %d, row %d, target %d, step %d",
          rollout,
          source[rollout],
          target[rollout],
          stepIndex[step] + 1);
    }

    String second(int step) {
      int name = recipe[Math.toIntExact(rolloutOfStep[step])];
      return String.format(
          Locale.ROOT,
          "%s, gain %+.4f",
          name < 0 ? "unnamed" : texts.get(name),
          gain[Math.toIntExact(selected[step])]);
    }
  }
}
