package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.nbvrollouts.jobs.origin.RemoteStores;
import org.nbvrollouts.jobs.picture.DepthContactSheet;
import org.nbvrollouts.jobs.summary.StoreSummary;
import org.nbvrollouts.jobs.summary.SummaryText;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.check.Finding;
import org.nbvrollouts.store.check.RolloutZarrValidationResult;
import org.nbvrollouts.store.check.RolloutZarrValidator;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.zarr.ArrayDigests;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "info",
    description = "Say what a store holds, and judge it on request.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts info --store campaign/stores/shard-000007 --validate")
final class InfoCommand implements Callable<Integer> {
  private static final int MOST_TILES = 25;

  private final Console console;

  @Mixin StoreOption store;

  @Option(names = "--validate", description = "Run every check; exit with 5 if one fails")
  boolean validate;

  @Option(names = "--json", description = "Print as JSON")
  boolean json;

  @Option(
      names = "--depth-picture",
      paramLabel = "FILE",
      description = "Draw the depth images of the chosen views into this PNG file")
  Path depthPicture;

  @Option(
      names = "--array-digests",
      description = "Print path, type, shape and SHA-256 of every array, and nothing else")
  boolean arrayDigests;

  InfoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (depthPicture != null) {
      Paths.refuseAsPicture("depth picture", depthPicture);
    }
    StoreLocation directory = store.one();
    if (arrayDigests) {
      printDigests(directory);
      return ExitCode.OK;
    }
    Optional<RolloutZarrValidationResult> verdict =
        validate ? Optional.of(validated(directory)) : Optional.empty();
    boolean valid = verdict.map(RolloutZarrValidationResult::isStrictlyOk).orElse(true);
    if (json) {
      console.print(CanonicalJson.pretty(report(directory, verdict)));
    } else {
      console.print(directory.toString());
      if (valid) {
        summary(directory).forEach(console::print);
      }
      verdict.ifPresent(this::print);
    }
    if (valid && depthPicture != null) {
      drawDepth(directory);
    }
    return valid ? ExitCode.OK : ExitCode.INVALID;
  }

  private static RolloutZarrValidationResult validated(StoreLocation directory) {
    try (RolloutZarrStoreReader reader = RemoteStores.reader(directory)) {
      return RolloutZarrValidator.validateRolloutZarrStore(reader);
    }
  }

  private void printDigests(StoreLocation directory) {
    try (RolloutZarrStoreReader reader = RemoteStores.reader(directory)) {
      ArrayDigests.lines(reader).forEach(console::print);
    }
  }

  private void drawDepth(StoreLocation directory) {
    try (RolloutZarrStoreReader reader = RemoteStores.reader(directory)) {
      int drawn = new DepthContactSheet(reader).write(depthPicture, MOST_TILES);
      console.note("Drew " + Count.of(drawn, "depth image") + " into " + depthPicture);
    }
  }

  private void print(RolloutZarrValidationResult verdict) {
    problems(verdict).forEach(problem -> console.print("  " + problem));
    console.print(
        verdict.isStrictlyOk()
            ? "Valid: all 88 checks and the strict extras pass"
            : "Invalid: "
                + Count.of(verdict.findings().size(), "finding")
                + " of the 88 checks, "
                + verdict.strictFindings().size()
                + " of the strict extras");
  }

  private static List<String> summary(StoreLocation directory) {
    try (RolloutZarrStoreReader reader = RemoteStores.reader(directory)) {
      return SummaryText.lines(StoreSummary.of(reader));
    }
  }

  private static Map<String, Object> report(
      StoreLocation directory, Optional<RolloutZarrValidationResult> verdict) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("store", directory.toString());
    try (RolloutZarrStoreReader reader = RemoteStores.reader(directory)) {
      report.put("attributes", reader.rootAttributes());
      if (verdict.map(RolloutZarrValidationResult::isStrictlyOk).orElse(true)) {
        report.put("counts", StoreSummary.of(reader).toJson());
      }
    }
    verdict.ifPresent(
        result -> {
          report.put("valid", result.isStrictlyOk());
          report.put("problems", problems(result));
        });
    return report;
  }

  private static List<String> problems(RolloutZarrValidationResult verdict) {
    return Stream.concat(verdict.findings().stream(), verdict.strictFindings().stream())
        .map(Finding::toString)
        .toList();
  }
}
