package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.benchmark.BenchmarkPlan;
import org.nbvrollouts.jobs.benchmark.BenchmarkPoint;
import org.nbvrollouts.jobs.benchmark.BenchmarkReport;
import org.nbvrollouts.jobs.benchmark.MacroBenchmark;
import org.nbvrollouts.jobs.benchmark.UnfinishedBuildException;
import org.nbvrollouts.jobs.benchmark.Varied;
import org.nbvrollouts.jobs.campaign.FailureText;
import org.nbvrollouts.store.json.CanonicalJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "benchmark",
    subcommands = BenchmarkStoreCommand.class,
    description =
        "Measure whole rows, from the source to the committed store, on generated scenes: rates,"
            + " stages, memory, and how time grows with faces, candidates, horizon, pixels or rows.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nbv-rollouts benchmark --faces 20000,60000,200000,1000000 --rows 2",
      "  nbv-rollouts benchmark --vary candidates --values 15,30,60,120,240 --scene-rri false"
    })
final class BenchmarkCommand implements Callable<Integer> {
  private static final int DEFAULT_FACES = 60_000;

  private final Console console;

  @Spec CommandSpec spec;

  @Option(
      names = "--faces",
      paramLabel = "N",
      split = ",",
      description =
          "Faces of the mesh, from 20000; several ascending numbers measure growth. Default: 60000")
  List<Integer> faces = List.of(DEFAULT_FACES);

  @Option(
      names = "--rows",
      paramLabel = "R",
      defaultValue = "2",
      description = "Source rows, each stored as a shard of its own. Default: ${DEFAULT-VALUE}")
  int rows;

  @Option(
      names = "--scene-rri",
      arity = "1",
      paramLabel = "true|false",
      defaultValue = "true",
      description = "Score the scene for every valid candidate. Default: ${DEFAULT-VALUE}")
  boolean sceneRri;

  @Option(
      names = "--vary",
      paramLabel = "faces|candidates|horizon|pixels|rows",
      defaultValue = "faces",
      description = "What --values change. Default: ${DEFAULT-VALUE}")
  Varied varied;

  @Option(
      names = "--values",
      paramLabel = "N",
      split = ",",
      description = "Ascending values of what varies; for faces use --faces")
  List<Integer> values = List.of();

  @Option(
      names = "--threads",
      paramLabel = "T",
      defaultValue = "1",
      description = "Rows built at the same time. Default: ${DEFAULT-VALUE}")
  int threads;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Builds of every point, at least 2; the fastest counts. Default: ${DEFAULT-VALUE}")
  int repetitions;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "nbv-benchmark",
      description =
          "Folder of scenes, which are used again, and of a new folder per call."
              + " Default: ${DEFAULT-VALUE}")
  Path output;

  @Option(names = "--json", description = "Print as JSON")
  boolean json;

  BenchmarkCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    BenchmarkPlan plan = UsageException.ofFlags(this::plan);
    Paths.refuseFileAsFolder("output folder", output);
    ConsoleProgress progress = new ConsoleProgress(console, System::nanoTime);
    BenchmarkReport report;
    try {
      report =
          new MacroBenchmark(plan, progress, Clock.systemUTC())
              .run(spec.commandLine().getParseResult().originalArgs());
    } catch (UnfinishedBuildException e) {
      console.note(FailureText.of(e.result().failure()));
      return RunVerdict.codeOf(e.result());
    } finally {
      progress.end();
    }
    report.write();
    if (json) {
      console.print(CanonicalJson.pretty(report.toJson()));
    } else {
      report.lines().forEach(console::print);
    }
    if (!report.isReproducible()) {
      return ExitCode.DIVERGENT;
    }
    return report.hasRollouts() ? ExitCode.OK : ExitCode.INVALID;
  }

  private BenchmarkPlan plan() {
    boolean variesFaces = varied == Varied.FACES;
    if (variesFaces != values.isEmpty()) {
      throw new UsageException(
          variesFaces
              ? "Invalid arguments: --values needs --vary candidates, horizon, pixels or rows"
              : "Invalid arguments: --vary "
                  + varied.name().toLowerCase(Locale.ROOT)
                  + " needs --values");
    }
    if (!variesFaces && faces.size() > 1) {
      throw new UsageException(
          "Invalid --faces: " + faces + " (expected one number beside --vary)");
    }
    BenchmarkPoint base =
        new BenchmarkPoint(
            faces.get(0),
            rows,
            BenchmarkPoint.PRODUCTION_CANDIDATES,
            BenchmarkPoint.PRODUCTION_HORIZON,
            BenchmarkPoint.PRODUCTION_VIEW,
            sceneRri ? BenchmarkPoint.SceneScores.ON : BenchmarkPoint.SceneScores.OFF);
    return new BenchmarkPlan(
        varied,
        BenchmarkPlan.points(base, varied, variesFaces ? faces : values),
        threads,
        repetitions,
        output);
  }
}
