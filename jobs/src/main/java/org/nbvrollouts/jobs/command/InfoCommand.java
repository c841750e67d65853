package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.origin.RemoteStores;
import org.nbvrollouts.jobs.origin.ShardSeal;
import org.nbvrollouts.jobs.picture.DepthContactSheet;
import org.nbvrollouts.jobs.summary.StoreSummary;
import org.nbvrollouts.jobs.summary.SummaryText;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.check.CheckLevel;
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

  @Option(
      names = "--validate",
      description =
          "Run every check, exit with 5 if one fails; compare the files of a committed shard with"
              + " their seal, exit with 3 if one differs")
  boolean validate;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description =
          "With --validate: core (the 88 checks, for stores of other producers), strict (also what"
              + " committed stores must satisfy) or late (also the additions of late 1.0). Default:"
              + " strict")
  CheckLevel askedLevel;

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
    refuseContradictions();
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
    Optional<ShardSeal> seal = validate ? ShardSeal.compare(store.location()) : Optional.empty();
    boolean valid = isValid(verdict);
    if (json) {
      console.print(CanonicalJson.pretty(report(directory, verdict, seal)));
    } else {
      console.print(directory.toString());
      if (valid) {
        summary(directory).forEach(console::print);
      }
      verdict.ifPresent(
          result -> {
            print(seal);
            print(result);
          });
    }
    if (valid && depthPicture != null) {
      drawDepth(directory);
    }
    if (seal.isPresent() && !seal.get().isIntact()) {
      return ExitCode.TAMPERED;
    }
    return valid ? ExitCode.OK : ExitCode.INVALID;
  }

  /** A flag without effect would let a script take a store for judged that nobody judged. */
  private void refuseContradictions() {
    if (askedLevel != null && !validate) {
      throw new UsageException("Invalid arguments: --level needs --validate");
    }
    if (arrayDigests && (validate || json || depthPicture != null)) {
      throw new UsageException(
          "Invalid arguments: --array-digests prints digests and nothing else (expected without"
              + " --validate, --json and --depth-picture)");
    }
  }

  private CheckLevel level() {
    return askedLevel == null ? CheckLevel.STRICT : askedLevel;
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

  private boolean isValid(Optional<RolloutZarrValidationResult> verdict) {
    return verdict.map(result -> result.findings(level()).isEmpty()).orElse(true);
  }

  private void print(RolloutZarrValidationResult verdict) {
    problems(verdict).forEach(problem -> console.print("  " + problem));
    String late = level() == CheckLevel.LATE ? " and the late additions" : "";
    String strict = level() == CheckLevel.CORE ? "" : " and the strict extras";
    if (verdict.findings(level()).isEmpty()) {
      console.print("Valid: all 88 checks" + strict + late + " pass");
      return;
    }
    StringBuilder counts = new StringBuilder("Invalid: ");
    counts.append(Count.of(verdict.findings().size(), "finding")).append(" of the 88 checks");
    if (level() != CheckLevel.CORE) {
      counts.append(", ").append(verdict.strictFindings().size()).append(" of the strict extras");
    }
    if (level() == CheckLevel.LATE) {
      counts.append(", ").append(verdict.lateFindings().size()).append(" of the late additions");
    }
    console.print(counts.toString());
  }

  private void print(Optional<ShardSeal> seal) {
    if (seal.isEmpty()) {
      console.print("No seal to compare with: the store belongs to no committed shard");
      return;
    }
    List<String> differences = seal.get().differences();
    differences.forEach(difference -> console.print("  " + difference));
    console.print(
        seal.get().isIntact()
            ? "Sealed: " + Count.of(seal.get().files(), "file") + " as committed"
            : "Not as sealed: "
                + Count.of(differences.size(), "difference")
                + "; docs/operations.md says what to do");
  }

  private static List<String> summary(StoreLocation directory) {
    try (RolloutZarrStoreReader reader = RemoteStores.reader(directory)) {
      return SummaryText.lines(StoreSummary.of(reader));
    }
  }

  private Map<String, Object> report(
      StoreLocation directory,
      Optional<RolloutZarrValidationResult> verdict,
      Optional<ShardSeal> seal) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("store", directory.toString());
    try (RolloutZarrStoreReader reader = RemoteStores.reader(directory)) {
      report.put("attributes", reader.rootAttributes());
      if (isValid(verdict)) {
        report.put("counts", StoreSummary.of(reader).toJson());
      }
    }
    verdict.ifPresent(
        result -> {
          report.put("valid", result.findings(level()).isEmpty());
          report.put("problems", problems(result));
        });
    seal.ifPresent(
        compared -> {
          report.put("sealed_files", compared.files());
          report.put("seal_intact", compared.isIntact());
          report.put("seal_differences", compared.differences());
        });
    return report;
  }

  private List<String> problems(RolloutZarrValidationResult verdict) {
    return verdict.findings(level()).stream().map(Finding::toString).toList();
  }
}
