package org.nbvrollouts.pipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** Random nodes, chosen from a second time by the letter of specification generation 7.3 to 7.5. */
class TestGuardedSelection {
  private static final long SEED = 20_260_704;
  private static final int CASES = 400;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void samplingIsThatOfTheDefinition() {
    int fallbacks = 0;
    for (int round = 0; round < CASES; round++) {
      SelectionInput node = node();
      SiblingGuards guards = guards();
      boolean isRandom = random.nextBoolean();
      LogitScaling scaling = random.nextBoolean() ? LogitScaling.ROBUST : LogitScaling.PLAIN;
      int count = 1 + random.nextInt(5);
      CounterRandom uniforms = new CounterRandom(round);
      List<SelectionDraw> draws =
          SelectionPolicy.of(isRandom ? "random" : "temperature_softmax", 0.7, scaling, guards)
              .select(node, count, uniforms.stream());

      double[] logits = isRandom ? new double[node.size()] : logits(node, scaling, 0.7);
      List<Integer> chosen = new ArrayList<>();
      Set<Integer> left = finite(node);
      for (int draw = 0; draw < count && !left.isEmpty(); draw++) {
        Set<Integer> eligible = new TreeSet<>(left);
        eligible.removeIf(row -> !passes(node, guards, row, chosen));
        fallbacks += eligible.isEmpty() ? 1 : 0;
        Set<Integer> drawn = eligible.isEmpty() ? left : eligible;
        assertDistribution(draws.get(draw), logits, drawn, round);
        int row = drawnRow(draws.get(draw), drawn, uniforms.doubleAt(draw));
        assertThat(draws.get(draw).index()).as("seed %d, round %d", SEED, round).isEqualTo(row);
        chosen.add(row);
        left.remove(row);
      }
      assertThat(draws).as("seed %d, round %d", SEED, round).hasSize(chosen.size());
    }
    assertThat(fallbacks).as("cases in which guards admit nothing").isGreaterThan(20);
  }

  @Test
  void greedyIsThatOfTheDefinition() {
    int shortened = 0;
    int fallbacks = 0;
    for (int round = 0; round < CASES; round++) {
      SelectionInput node = node();
      SiblingGuards guards = guards();
      int count = 1 + random.nextInt(5);
      String name =
          List.of("oracle_greedy", "farthest_from_history", "farthest_from_reference")
              .get(random.nextInt(3));
      List<Integer> actual =
          SelectionPolicy.of(name, 1, LogitScaling.PLAIN, guards)
              .select(node, count, () -> Double.NaN)
              .stream()
              .map(SelectionDraw::index)
              .toList();

      List<Integer> expected = new ArrayList<>();
      Set<Integer> left = finite(node);
      while (expected.size() < count && !left.isEmpty()) {
        int best = best(node, name, left);
        left.remove(best);
        if (passes(node, guards, best, expected)) {
          expected.add(best);
        }
      }
      if (expected.isEmpty() && !finite(node).isEmpty()) {
        fallbacks++;
        expected.add(best(node, name, finite(node)));
      }
      shortened += expected.size() < Math.min(count, finite(node).size()) ? 1 : 0;
      assertThat(actual).as("seed %d, round %d, %s", SEED, round, name).isEqualTo(expected);
    }
    assertThat(fallbacks).as("cases in which guards keep out every row").isGreaterThan(5);
    assertThat(shortened).as("cases with fewer children than wanted").isGreaterThan(20);
  }

  private static int best(SelectionInput node, String name, Set<Integer> rows) {
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int row : rows) {
      double score = score(node, name, row);
      if (score > most) {
        most = score;
        best = row;
      }
    }
    return best;
  }

  private static double score(SelectionInput node, String name, int row) {
    List<Point3> chain = node.chainCentresWorld();
    return switch (name) {
      case "oracle_greedy" -> node.scores().at(row);
      case "farthest_from_reference" -> distance(centre(node, row), chain.get(chain.size() - 1));
      default ->
          chain.stream()
              .mapToDouble(point -> distance(centre(node, row), point))
              .min()
              .orElseThrow();
    };
  }

  private static boolean passes(
      SelectionInput node, SiblingGuards guards, int row, List<Integer> chosen) {
    Point3 centre = centre(node, row);
    boolean isNearChain =
        node.chainCentresWorld().stream()
            .anyMatch(point -> distance(centre, point) < guards.minHistoryDistanceMetres());
    return !isNearChain
        && chosen.stream()
            .allMatch(
                other ->
                    distance(centre, centre(node, other)) >= guards.minSiblingDistanceMetres()
                        && turn(yaw(node, row), yaw(node, other)) >= guards.minSiblingYawDegrees()
                        && turn(bearing(node, row), bearing(node, other))
                            >= guards.minSiblingTargetBearingDegrees()
                        && !(guards.requireSiblingStrategyDiversity()
                            && node.strategyIds().at(row) == node.strategyIds().at(other)));
  }

  /** Difference of two headings, degrees in [0, 180]. */
  private static double turn(double a, double b) {
    double difference = Math.abs(a - b) % 360;
    return Math.min(difference, 360 - difference);
  }

  private static double yaw(SelectionInput node, int row) {
    Pose12 pose = node.worldFromCamera().get(row);
    return Math.toDegrees(Math.atan2(pose.r12(), pose.r02()));
  }

  private static double bearing(SelectionInput node, int row) {
    Point3 centre = centre(node, row);
    Point3 target = node.targetCentreWorld();
    return Math.toDegrees(Math.atan2(target.y() - centre.y(), target.x() - centre.x()));
  }

  private static Point3 centre(SelectionInput node, int row) {
    Pose12 pose = node.worldFromCamera().get(row);
    return new Point3(pose.tx(), pose.ty(), pose.tz());
  }

  private static double distance(Point3 a, Point3 b) {
    return Math.sqrt(
        Math.pow(a.x() - b.x(), 2) + Math.pow(a.y() - b.y(), 2) + Math.pow(a.z() - b.z(), 2));
  }

  private static Set<Integer> finite(SelectionInput node) {
    Set<Integer> rows = new TreeSet<>();
    for (int row = 0; row < node.size(); row++) {
      if (Double.isFinite(node.scores().at(row))) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static double[] logits(SelectionInput node, LogitScaling scaling, double temperature) {
    double[] sorted = finite(node).stream().mapToDouble(node.scores()::at).sorted().toArray();
    double centre = 0;
    double spread = 1;
    if (scaling == LogitScaling.ROBUST && sorted.length > 0) {
      centre = sorted[(sorted.length - 1) / 2];
      spread = Math.max(1.1920929e-7, sorted.length < 4 ? deviation(sorted) : range(sorted));
    }
    double[] logits = new double[node.size()];
    for (int row : finite(node)) {
      logits[row] = (node.scores().at(row) - centre) / (spread * temperature);
    }
    return logits;
  }

  private static double range(double[] sorted) {
    return interpolated(sorted, 0.75) - interpolated(sorted, 0.25);
  }

  private static double interpolated(double[] sorted, double fraction) {
    double place = (sorted.length - 1) * fraction;
    int low = (int) Math.floor(place);
    int high = (int) Math.ceil(place);
    return sorted[low] * (1 - (place - low)) + sorted[high] * (place - low);
  }

  private static double deviation(double[] values) {
    double mean = 0;
    double meanOfSquares = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    for (double value : values) {
      meanOfSquares += (value - mean) * (value - mean) / values.length;
    }
    return Math.sqrt(meanOfSquares);
  }

  private static void assertDistribution(
      SelectionDraw draw, double[] logits, Set<Integer> rows, int round) {
    double sum = rows.stream().mapToDouble(row -> Math.exp(logits[row])).sum();
    double entropy = 0;
    for (int row = 0; row < logits.length; row++) {
      String where = "seed " + SEED + ", round " + round + ", row " + row;
      double expected = rows.contains(row) ? Math.exp(logits[row]) / sum : 0;
      assertThat(draw.distribution().probabilities().at(row))
          .as(where)
          .isCloseTo(expected, within(1e-9));
      if (rows.contains(row)) {
        entropy -= expected > 0 ? expected * Math.log(expected) : 0;
        assertThat(draw.distribution().logits().at(row))
            .as(where)
            .isCloseTo(logits[row], within(1e-6 * Math.max(1, Math.abs(logits[row]))));
      } else {
        assertThat(draw.distribution().logits().at(row))
            .as(where)
            .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(draw.distribution().logProbabilities().at(row))
            .as(where)
            .isEqualTo(Double.NEGATIVE_INFINITY);
      }
    }
    assertThat(draw.entropy())
        .as("seed %d, round %d", SEED, round)
        .isCloseTo(entropy, within(1e-8));
  }

  private static int drawnRow(SelectionDraw draw, Set<Integer> rows, double uniform) {
    double total = rows.stream().mapToDouble(draw.distribution().probabilities()::at).sum();
    double cumulative = 0;
    for (int row : rows) {
      cumulative += draw.distribution().probabilities().at(row);
      if (uniform * total < cumulative) {
        return row;
      }
    }
    throw new AssertionError("no row drawn");
  }

  private SelectionInput node() {
    int count = 1 + random.nextInt(12);
    double[] scores = new double[count];
    int[] strategies = new int[count];
    List<Pose12> poses = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      scores[row] = random.nextInt(6) == 0 ? Double.NaN : random.nextDouble(-0.1, 0.3);
      strategies[row] = random.nextInt(4);
      double yaw = random.nextDouble(-Math.PI, Math.PI);
      double pitch = random.nextDouble(-1, 1);
      poses.add(
          new Pose12(
              0,
              0,
              Math.cos(pitch) * Math.cos(yaw),
              0,
              0,
              Math.cos(pitch) * Math.sin(yaw),
              0,
              0,
              Math.sin(pitch),
              random.nextDouble(-1, 1),
              random.nextDouble(-1, 1),
              random.nextDouble(-0.3, 0.3)));
    }
    List<Point3> chain = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      chain.add(new Point3(random.nextDouble(-1, 1), random.nextDouble(-1, 1), 0));
    }
    return new SelectionInput(
        DoubleColumn.of(scores),
        poses,
        IntColumn.of(strategies),
        chain,
        new Point3(random.nextDouble(1, 3), random.nextDouble(-1, 1), 0));
  }

  private SiblingGuards guards() {
    return new SiblingGuards(
        random.nextInt(3) == 0 ? random.nextDouble(0, 2) : 0,
        random.nextInt(3) == 0 ? random.nextDouble(0, 1.5) : 0,
        random.nextInt(3) == 0 ? random.nextDouble(0, 150) : 0,
        random.nextInt(3) == 0 ? random.nextDouble(0, 60) : 0,
        random.nextInt(3) == 0);
  }
}
