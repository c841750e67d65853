package org.nbvrollouts.jobs.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nbvrollouts.jobs.campaign.Durations;
import org.nbvrollouts.jobs.campaign.ProgressListener;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.source.rollout.RolloutSourceReader;

/**
 * Builds rows of generated scenes of chosen sizes, several times each, through everything that a
 * campaign does but Spark: read, generate, write, seal, validate, publish, commit.
 */
public final class MacroBenchmark {
  private static final long NANOS_PER_MS = 1_000_000;

  private final BenchmarkPlan plan;
  private final ProgressListener progress;
  private final Clock clock;
  private final double allWork;
  private double doneWork;
  private long spentNanos;

  /**
   * @param clock for stamps in plans
   */
  public MacroBenchmark(BenchmarkPlan plan, ProgressListener progress, Clock clock) {
    this.plan = plan;
    this.progress = progress;
    this.clock = clock;
    this.allWork =
        plan.repetitions() * plan.points().stream().mapToDouble(BenchmarkPoint::weight).sum();
  }

  /**
   * Measures all points, one after another. Scenes that are there already are used again.
   *
   * @param argv the command, for the stores
   * @throws UnfinishedBuildException if a row is not committed
   */
  public BenchmarkReport run(List<String> argv) throws InterruptedException {
    Path run = newRunFolder();
    List<Measurement> measurements = new ArrayList<>();
    for (BenchmarkPoint point : plan.points()) {
      measurements.add(measure(point, run, argv));
    }
    progress.end();
    return new BenchmarkReport(plan, run, measurements);
  }

  private Measurement measure(BenchmarkPoint point, Path run, List<String> argv)
      throws InterruptedException {
    Path source = scene(point);
    RolloutSourceReader reader = RolloutSourceReader.open(source);
    long faces = reader.load(reader.identities().get(0).sampleIndex()).oracle().mesh().faceCount();
    String name = name(point);
    RowBuilds builds = RowBuilds.plan(point, source, run.resolve(name), plan.threads(), clock);
    List<Repetition> repetitions = new ArrayList<>();
    for (int i = 1; i <= plan.repetitions(); i++) {
      String place = name + ", build " + i + " of " + plan.repetitions();
      long start = System.nanoTime();
      repetitions.add(
          builds.build(
              run.resolve(name).resolve("build-" + i),
              argv,
              rows -> progress.update(words(point, place, rows, System.nanoTime() - start))));
      spentNanos += System.nanoTime() - start;
      doneWork += point.weight();
    }
    Measurement measured = new Measurement(point, faces, repetitions);
    progress.note(
        String.format(
            Locale.ROOT,
            "%s: %,d faces, %s in %.2f s, %.2f rows/s",
            name,
            faces,
            Count.of(point.rows(), "row"),
            measured.best().seconds(),
            measured.rowsPerSecond()));
    return measured;
  }

  private Path scene(BenchmarkPoint point) {
    BenchmarkScene scene = new BenchmarkScene(point.faces(), plan.rowsOfScene());
    Path folder = plan.folder().toAbsolutePath().normalize().resolve(scene.folderName());
    if (scene.isIn(folder)) {
      progress.note("Scene is there: " + folder);
    } else {
      progress.note("Make scene: " + folder);
      scene.write(folder);
    }
    return folder;
  }

  private Path newRunFolder() {
    for (int number = 1; ; number++) {
      Path folder =
          plan.folder()
              .toAbsolutePath()
              .normalize()
              .resolve(String.format(Locale.ROOT, "run-%03d", number));
      if (!Files.exists(folder)) {
        return folder;
      }
    }
  }

  private String name(BenchmarkPoint point) {
    return plan.varied().name().toLowerCase(Locale.ROOT) + "-" + point.value(plan.varied());
  }

  private String words(BenchmarkPoint point, String place, int rows, long nanos) {
    double share = (double) rows / point.rows();
    double done = doneWork + share * point.weight();
    String line = place + ": " + rows + "/" + Count.of(point.rows(), "row");
    if (rows > 0) {
      line += String.format(Locale.ROOT, ", %.2f rows/s", rows / (nanos / 1e9));
    }
    if (done > 0) {
      double left = (spentNanos + nanos) / done * (allWork - done);
      line += ", about " + Durations.words((long) (left / NANOS_PER_MS)) + " left";
    }
    return line;
  }
}
