package org.nbvrollouts.store.source.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.text.LineTokens;

/**
 * Reads trajectories as Project Aria MPS closed-loop CSV (by column name) or TUM text ({@code t x y
 * z qx qy qz qw}, seconds). Poses stay in the frame and unit of the file.
 */
final class TrajectoryParser {
  private static final String TIME = "tracking_timestamp_us";
  private static final String GRAPH = "graph_uid";
  private static final List<String> MPS_COLUMNS =
      List.of(
          "tx_world_device",
          "ty_world_device",
          "tz_world_device",
          "qx_world_device",
          "qy_world_device",
          "qz_world_device",
          "qw_world_device");

  /** Accepted difference of a quaternion's length from 1; files round to few digits. */
  private static final double UNIT_TOLERANCE = 1e-3;

  private static final long NANOSECONDS_PER_MICROSECOND = 1000;
  private static final int NANOSECOND_DIGITS = 9;

  private final LineTokens tokens;
  private final String file;
  private final InputProblems problems = new InputProblems();
  private final List<Pose12> poses = new ArrayList<>();
  private final List<Long> timesNs = new ArrayList<>();
  private String graph = "";

  /**
   * Poses as they are in the file.
   *
   * @param format {@code mps} or {@code tum}
   */
  record LoggedPoses(String format, List<Pose12> poses, List<Long> timesNs) {
    LoggedPoses {
      poses = List.copyOf(poses);
      timesNs = List.copyOf(timesNs);
    }
  }

  private TrajectoryParser(LineTokens tokens, String file) {
    this.tokens = tokens;
    this.file = file;
  }

  /** The format of a file by its first line that is neither blank nor a comment. */
  static String detectFormat(Path path) {
    try (InputStream input = Files.newInputStream(path)) {
      LineTokens lines = new LineTokens(input, path.toString(), LineTokens.Separator.COMMA, 0);
      while (lines.nextLine()) {
        String line = lines.lineText().strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          return line.contains(TIME) || line.contains("_world_device") ? "mps" : "tum";
        }
      }
      return "tum";
    } catch (IOException failed) {
      throw unreadable(path, failed);
    }
  }

  /**
   * Reads a file.
   *
   * @param format {@code mps} or {@code tum}
   * @throws RefusedInputException with one problem per line, each with its line number
   */
  static LoggedPoses parse(Path path, String format) {
    boolean mps = format.equals("mps");
    try (InputStream input = Files.newInputStream(path)) {
      LineTokens tokens =
          new LineTokens(
              input,
              path.toString(),
              mps ? LineTokens.Separator.COMMA : LineTokens.Separator.BLANKS,
              0);
      TrajectoryParser parser = new TrajectoryParser(tokens, path.toString());
      if (mps) {
        parser.readMps();
      } else {
        parser.readTum();
      }
      return parser.finish(format);
    } catch (IOException failed) {
      throw unreadable(path, failed);
    }
  }

  private static EnvironmentException unreadable(Path path, IOException failed) {
    return new EnvironmentException(
        "Cannot read trajectory: " + StorageReason.of(failed) + " (file=" + path + ")", failed);
  }

  private LoggedPoses finish(String format) {
    if (problems.isEmpty() && poses.size() < 2) {
      problems.add(
          "Invalid trajectory: "
              + (poses.size() == 1 ? "trajectory with one pose" : "no poses")
              + " (expected at least 2, file="
              + file
              + ")");
    }
    problems.refuseIfAny();
    return new LoggedPoses(format, poses, timesNs);
  }

  private void readMps() throws IOException {
    Map<String, Integer> columns = readHeader();
    if (!problems.isEmpty()) {
      return;
    }
    int timeColumn = columns.get(TIME);
    int graphColumn = columns.getOrDefault(GRAPH, -1);
    int[] poseColumns = MPS_COLUMNS.stream().mapToInt(columns::get).toArray();
    while (tokens.nextLine()) {
      if (tokens.lineText().isBlank()) {
        continue;
      }
      List<String> cells = cells();
      if (cells.size() != columns.size()) {
        add(cells.size() + " columns", columns.size() + " as in the header");
        continue;
      }
      checkGraph(graphColumn < 0 ? "" : cells.get(graphColumn));
      double[] values = new double[MPS_COLUMNS.size()];
      boolean numbers = true;
      for (int i = 0; i < values.length; i++) {
        numbers &= readNumber(cells.get(poseColumns[i]), values, i);
      }
      if (!cells.get(timeColumn).matches("-?[0-9]{1,15}")) {
        add("time " + cells.get(timeColumn), "integer microseconds");
      } else if (numbers) {
        addPose(Long.parseLong(cells.get(timeColumn)) * NANOSECONDS_PER_MICROSECOND, values);
      }
    }
  }

  private Map<String, Integer> readHeader() throws IOException {
    Map<String, Integer> columns = new HashMap<>();
    if (tokens.nextLine()) {
      for (String name : cells()) {
        columns.put(name, columns.size());
      }
    }
    List<String> wanted = new ArrayList<>(MPS_COLUMNS);
    wanted.add(TIME);
    for (String name : wanted) {
      if (!columns.containsKey(name)) {
        add("no column " + name, "the MPS closed-loop columns");
      }
    }
    return columns;
  }

  private List<String> cells() {
    List<String> cells = new ArrayList<>();
    while (tokens.nextToken()) {
      cells.add(tokens.text());
    }
    return cells;
  }

  private void checkGraph(String uid) {
    if (!graph.isEmpty() && !graph.equals(uid)) {
      add("graph_uid " + uid + " after " + graph, "one map, since two maps share no frame");
    }
    graph = uid;
  }

  private void readTum() throws IOException {
    while (tokens.nextLine()) {
      String line = tokens.lineText().strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      List<String> cells = cells();
      if (cells.size() != MPS_COLUMNS.size() + 1) {
        add(cells.size() + " values", "8: t x y z qx qy qz qw");
        continue;
      }
      double[] values = new double[MPS_COLUMNS.size()];
      boolean numbers = true;
      for (int i = 0; i < values.length; i++) {
        numbers &= readNumber(cells.get(i + 1), values, i);
      }
      long time = readSeconds(cells.get(0));
      if (numbers && time != Long.MIN_VALUE) {
        addPose(time, values);
      }
    }
  }

  /** Nanoseconds of a decimal number of seconds, or {@code Long.MIN_VALUE} after a problem. */
  private long readSeconds(String text) {
    try {
      if (text.length() <= 40) {
        BigDecimal seconds = new BigDecimal(text);
        if (Math.abs((long) seconds.precision() - seconds.scale()) <= NANOSECOND_DIGITS + 1) {
          return seconds
              .movePointRight(NANOSECOND_DIGITS)
              .setScale(0, RoundingMode.HALF_EVEN)
              .longValueExact();
        }
      }
    } catch (ArithmeticException | NumberFormatException broken) {
      add("time " + text, "decimal seconds");
      return Long.MIN_VALUE;
    }
    add("time " + text, "decimal seconds below 10^10");
    return Long.MIN_VALUE;
  }

  private boolean readNumber(String text, double[] values, int index) {
    try {
      values[index] = Double.parseDouble(text);
      if (Double.isFinite(values[index])) {
        return true;
      }
    } catch (NumberFormatException broken) {
      values[index] = Double.NaN;
    }
    add("value " + text, "finite numbers");
    return false;
  }

  private void addPose(long timeNs, double[] values) {
    double qx = values[3];
    double qy = values[4];
    double qz = values[5];
    double qw = values[6];
    double length = Math.sqrt(qx * qx + qy * qy + qz * qz + qw * qw);
    if (!(Math.abs(length - 1) <= UNIT_TOLERANCE)) {
      add("quaternion of length " + length, "a unit quaternion within " + UNIT_TOLERANCE);
      return;
    }
    if (!timesNs.isEmpty() && timeNs <= timesNs.get(timesNs.size() - 1)) {
      add(
          "time " + timeNs + " ns after " + timesNs.get(timesNs.size() - 1) + " ns",
          "increasing times");
      return;
    }
    timesNs.add(timeNs);
    poses.add(
        pose(values[0], values[1], values[2], qx / length, qy / length, qz / length, qw / length));
  }

  private static Pose12 pose(
      double tx, double ty, double tz, double x, double y, double z, double w) {
    return new Pose12(
        1 - 2 * (y * y + z * z),
        2 * (x * y - z * w),
        2 * (x * z + y * w),
        2 * (x * y + z * w),
        1 - 2 * (x * x + z * z),
        2 * (y * z - x * w),
        2 * (x * z - y * w),
        2 * (y * z + x * w),
        1 - 2 * (x * x + y * y),
        tx,
        ty,
        tz);
  }

  private void add(String what, String rule) {
    problems.add(
        "Invalid trajectory: " + what + " (expected " + rule + ", " + tokens.place() + ")");
  }
}
