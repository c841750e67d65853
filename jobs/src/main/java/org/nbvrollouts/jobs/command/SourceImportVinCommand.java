package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.summary.VinText;
import org.nbvrollouts.store.source.vin.VinImportOptions;
import org.nbvrollouts.store.source.vin.VinImporter;
import org.nbvrollouts.store.source.vin.VinStoreReader.RepeatedSnippets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "import-vin",
    description =
        "Join a VIN offline store with a source that has what it lacks (calibration, points, mesh)"
            + " into a new source.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts source import-vin --vin cache --source exported --out joined")
final class SourceImportVinCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--vin",
      paramLabel = "DIR",
      required = true,
      description = "VIN offline store, version 7 or 8")
  Path store;

  @Option(
      names = "--source",
      paramLabel = "DIR",
      required = true,
      description = "Rollout source v1 with the same sample keys")
  Path source;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "New or empty folder for the joined source")
  Path output;

  @Option(
      names = "--split-policy",
      paramLabel = "keep|scene",
      defaultValue = "keep",
      description = "Splits of the store, or whole scenes by hash. Default: ${DEFAULT-VALUE}")
  SplitPolicy splitPolicy;

  @Option(
      names = "--val-scenes",
      paramLabel = "N",
      defaultValue = "0",
      description = "With --split-policy scene: scenes in val. Default: ${DEFAULT-VALUE}")
  int valScenes;

  @Option(
      names = "--test-scenes",
      paramLabel = "N",
      defaultValue = "0",
      description = "With --split-policy scene: scenes in test. Default: ${DEFAULT-VALUE}")
  int testScenes;

  @Option(
      names = "--allow-interrupted",
      description = "Import the part that an interrupted writing run left")
  boolean allowInterrupted;

  @Option(
      names = "--allow-repeated-snippets",
      description =
          "Of rows with one scene and snippet take the last instead of refusing the store")
  boolean allowRepeatedSnippets;

  SourceImportVinCommand(Console console) {
    this.console = console;
  }

  /** How rows get their split. */
  enum SplitPolicy {
    KEEP,
    SCENE
  }

  @Override
  public Integer call() {
    VinImporter importer =
        new VinImporter(
            Paths.existingFolder("VIN store", store),
            Paths.existingFolder("source", source),
            options());
    VinImporter.Result result = importer.write(output);
    VinText.lines(result).forEach(console::print);
    result.warnings().forEach(console::lookAt);
    console.print("Wrote " + output + ", hash " + result.sourceManifestHash());
    return ExitCode.OK;
  }

  private VinImportOptions options() {
    if (splitPolicy == SplitPolicy.KEEP && (valScenes != 0 || testScenes != 0)) {
      throw new UsageException(
          "Invalid --val-scenes or --test-scenes: the splits of the store are kept (expected"
              + " --split-policy scene with them)");
    }
    return new VinImportOptions(
        splitPolicy == SplitPolicy.KEEP
            ? new VinImportOptions.Splits.Kept()
            : new VinImportOptions.Splits.ByScene(valScenes, testScenes),
        allowInterrupted
            ? VinImportOptions.Interrupted.ACCEPTED
            : VinImportOptions.Interrupted.REFUSED,
        allowRepeatedSnippets ? RepeatedSnippets.REPORTED : RepeatedSnippets.REFUSED);
  }
}
