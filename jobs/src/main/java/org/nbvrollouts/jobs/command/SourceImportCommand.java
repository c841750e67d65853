package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.pipeline.scene.VisiblePointSampler;
import org.nbvrollouts.store.source.bundle.Finding;
import org.nbvrollouts.store.source.bundle.SceneBundleImporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = "Import scans: folders with a mesh, a trajectory, boxes and more.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts source import scans/* --out homes")
final class SourceImportCommand implements Callable<Integer> {
  private static final int POINTS_PER_SNIPPET = 10_000;

  private final Console console;

  @Parameters(paramLabel = "FOLDER", arity = "1..*", description = "Scene folders")
  List<Path> folders;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "New or empty folder for the source")
  Path output;

  @Option(
      names = "--val-scenes",
      paramLabel = "N",
      defaultValue = "0",
      description = "Scenes in the split val. Default: ${DEFAULT-VALUE}")
  int valScenes;

  @Option(
      names = "--test-scenes",
      paramLabel = "N",
      defaultValue = "0",
      description = "Scenes in the split test. Default: ${DEFAULT-VALUE}")
  int testScenes;

  SourceImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    SceneBundleImporter.Result result =
        new SceneBundleImporter(new VisiblePointSampler(POINTS_PER_SNIPPET))
            .importBundles(folders, output, new SceneBundleImporter.Options(valScenes, testScenes));
    for (SceneBundleImporter.ImportedScene scene : result.scenes()) {
      console.print(
          String.format(
              Locale.ROOT,
              "%s: %s, split %s, %s, %s",
              scene.sceneId(),
              Count.of(scene.samples(), "row"),
              scene.split(),
              Count.of(scene.mesh().vertexCount(), "vertex", "vertices"),
              Count.of(scene.mesh().faceCount(), "triangle")));
      for (Finding finding : scene.findings()) {
        console.print("  " + words(finding.kind()) + finding.text());
      }
    }
    console.print("Wrote " + output + ", hash " + result.sourceManifestHash());
    return ExitCode.OK;
  }

  private static String words(Finding.Kind kind) {
    return switch (kind) {
      case FOUND -> "";
      case ASSUMED -> "assumed: ";
      case SUSPICIOUS -> Console.LOOK_AT;
      case IGNORED -> "ignored: ";
    };
  }
}
