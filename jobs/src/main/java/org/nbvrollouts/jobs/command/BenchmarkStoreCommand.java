package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.benchmark.StoreBenchmark;
import org.nbvrollouts.jobs.benchmark.StoreBenchmarkReport;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.synthetic.SyntheticShape;
import org.nbvrollouts.store.zarr.StoreLayout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "store",
    description =
        "Measure how long a store of a size takes on a disk: synthetic records are written, judged"
            + " by every check and sealed, record by record and in bounded memory. The store"
            + " stays.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nbv-rollouts benchmark store --rows 20 --out /data/probe",
      "  NBV_JAVA_OPTS=-Xmx4g nbv-rollouts benchmark store --rows 1000 --depth 240 --out"
          + " /data/probe"
    })
final class BenchmarkStoreCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--rows",
      paramLabel = "R",
      defaultValue = "20",
      description = "Source rows. Default: ${DEFAULT-VALUE}")
  int rows;

  @Option(
      names = "--targets",
      paramLabel = "T",
      defaultValue = "3",
      description = "Targets per row. Default: ${DEFAULT-VALUE}")
  int targets;

  @Option(
      names = "--rollouts",
      paramLabel = "N",
      defaultValue = "6",
      description = "Rollouts per target. Default: ${DEFAULT-VALUE}")
  int rollouts;

  @Option(
      names = "--steps",
      paramLabel = "H",
      defaultValue = "10",
      description = "Steps per rollout. Default: ${DEFAULT-VALUE}")
  int steps;

  @Option(
      names = "--candidates",
      paramLabel = "K",
      defaultValue = "60",
      description = "Candidates per step. Default: ${DEFAULT-VALUE}")
  int candidates;

  @Option(
      names = "--depth",
      paramLabel = "PX",
      defaultValue = "0",
      description =
          "Width and height of the depth image of each step, 0 for none. Default: ${DEFAULT-VALUE}")
  int depthPx;

  @Option(
      names = "--layout",
      paramLabel = "directory|packed",
      defaultValue = "directory",
      description = "Layout of the store. Default: ${DEFAULT-VALUE}")
  String layout;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Seed of the records. Default: ${DEFAULT-VALUE}")
  long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the store; must not exist")
  Path output;

  @Option(names = "--json", description = "Print as JSON")
  boolean json;

  BenchmarkStoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    StoreBenchmark benchmark = UsageException.ofFlags(this::benchmark);
    StoreBenchmarkReport report = benchmark.run(output);
    if (json) {
      console.print(CanonicalJson.pretty(report.toJson()));
    } else {
      report.lines().forEach(console::print);
    }
    return report.verdict().isStrictlyOk() ? ExitCode.OK : ExitCode.INVALID;
  }

  private StoreBenchmark benchmark() {
    if (rows < 1) {
      throw new UsageException("Invalid rows: " + rows + " (expected at least 1)");
    }
    SyntheticShape shape =
        SyntheticShape.of(rows, targets, rollouts, steps, candidates).withDepth(depthPx);
    return new StoreBenchmark(shape, seed, parsedLayout(), Clock.systemUTC(), System::nanoTime);
  }

  private StoreLayout parsedLayout() {
    try {
      return StoreLayout.parse(layout);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
