package org.nbvrollouts.store.source.bundle;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.source.FloatColumn;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.text.LineTokens;

/**
 * Reads MPS semidense point files, plain or gzip, by column name: {@code px_world}, {@code
 * py_world}, {@code pz_world} and optionally {@code inv_dist_std}.
 */
final class PointFileParser {
  /** A file of this many points is no semidense map; refusing it bounds a hostile gzip file. */
  private static final int MAX_POINTS = 50_000_000;

  private static final int NO_COLUMN = -1;

  private final LineTokens tokens;
  private final SceneFrame frame;
  private final InputProblems problems = new InputProblems();
  private final int[] columns = {NO_COLUMN, NO_COLUMN, NO_COLUMN, NO_COLUMN};
  private float[] coordinates = new float[3 * 4096];
  private float[] std = new float[4096];
  private int count;

  private PointFileParser(LineTokens tokens, SceneFrame frame) {
    this.tokens = tokens;
    this.frame = frame;
  }

  /**
   * Reads a file into world metres.
   *
   * @throws RefusedInputException with one problem per line, each with its line number
   */
  static SparsePoints parse(Path path, SceneFrame frame) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(path));
        InputStream input =
            path.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw) {
      LineTokens tokens = new LineTokens(input, path.toString(), LineTokens.Separator.COMMA, 0);
      return new PointFileParser(tokens, frame).parse();
    } catch (ZipException broken) {
      throw new RefusedInputException(
          "Invalid points: " + broken.getMessage() + " (expected gzip, file=" + path + ")", broken);
    } catch (EOFException truncated) {
      throw new RefusedInputException(
          "Invalid points: the file ends too early (expected whole gzip, file=" + path + ")",
          truncated);
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot read points: " + StorageReason.of(failed) + " (file=" + path + ")", failed);
    }
  }

  private SparsePoints parse() throws IOException {
    readHeader();
    problems.refuseIfAny();
    double[] values = new double[4];
    while (tokens.nextLine()) {
      if (readLine(values)) {
        add(values);
      }
    }
    problems.refuseIfAny();
    Optional<FloatColumn> quality =
        columns[3] == NO_COLUMN
            ? Optional.empty()
            : Optional.of(FloatColumn.of(Arrays.copyOf(std, count)));
    return new SparsePoints(
        PointCloud.of(Arrays.copyOf(coordinates, 3 * count)), quality, Optional.empty());
  }

  private void readHeader() throws IOException {
    if (tokens.nextLine()) {
      for (int column = 0; tokens.nextToken(); column++) {
        switch (tokens.text()) {
          case "px_world" -> columns[0] = column;
          case "py_world" -> columns[1] = column;
          case "pz_world" -> columns[2] = column;
          case "inv_dist_std" -> columns[3] = column;
          default -> {}
        }
      }
    }
    for (int i = 0; i < 3; i++) {
      if (columns[i] == NO_COLUMN) {
        problem("no column p" + "xyz".charAt(i) + "_world", "the MPS point columns");
      }
    }
  }

  /** Reads the wanted cells of a line; false for a blank or broken one. */
  private boolean readLine(double[] values) {
    int found = 0;
    int wanted = columns[3] == NO_COLUMN ? 3 : 4;
    int cells = 0;
    for (; tokens.nextToken(); cells++) {
      for (int i = 0; i < columns.length; i++) {
        if (columns[i] == cells) {
          found += readCell(values, i) ? 1 : 0;
        }
      }
    }
    if (cells == 0) {
      return false;
    }
    if (cells <= Arrays.stream(columns).max().getAsInt()) {
      problem(cells + " columns", "those of the header");
    }
    return found == wanted;
  }

  private boolean readCell(double[] values, int index) {
    try {
      values[index] = tokens.number();
      if (Float.isFinite((float) values[index])) {
        return true;
      }
    } catch (NumberFormatException broken) {
      values[index] = Double.NaN;
    }
    problem("value " + tokens.text(), "finite numbers of 32 bits");
    return false;
  }

  private void add(double[] values) {
    if (count == MAX_POINTS) {
      throw new RefusedInputException(
          "Invalid points: too many (expected at most " + MAX_POINTS + ", " + tokens.place() + ")");
    }
    if (count == std.length) {
      int grown = (int) Math.min(MAX_POINTS, 2L * count);
      std = Arrays.copyOf(std, grown);
      coordinates = Arrays.copyOf(coordinates, 3 * grown);
    }
    Point3 world = frame.toWorld(values[0], values[1], values[2]);
    coordinates[3 * count] = (float) world.x();
    coordinates[3 * count + 1] = (float) world.y();
    coordinates[3 * count + 2] = (float) world.z();
    std[count] = (float) values[3];
    count++;
  }

  private void problem(String what, String rule) {
    problems.add("Invalid points: " + what + " (expected " + rule + ", " + tokens.place() + ")");
  }
}
