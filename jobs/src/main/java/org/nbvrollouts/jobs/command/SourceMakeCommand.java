package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.source.SyntheticBundles;
import org.nbvrollouts.jobs.source.SyntheticSource;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.pipeline.scene.SyntheticSceneConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "make",
    description = "Generate furnished homes with a walk through each.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts source make --scenes 3 --seed 7 --out homes")
final class SourceMakeCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--scenes", paramLabel = "N", required = true, description = "Number of homes")
  int scenes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of everything random. Default: ${DEFAULT-VALUE}")
  long seed;

  @Option(
      names = "--snippets-per-scene",
      paramLabel = "N",
      defaultValue = "4",
      description = "Source rows per home. Default: ${DEFAULT-VALUE}")
  int snippets;

  @Option(
      names = "--val-scenes",
      paramLabel = "N",
      defaultValue = "0",
      description = "Homes in the split val. Default: ${DEFAULT-VALUE}")
  int valScenes;

  @Option(
      names = "--test-scenes",
      paramLabel = "N",
      defaultValue = "0",
      description = "Homes in the split test. Default: ${DEFAULT-VALUE}")
  int testScenes;

  @Option(
      names = "--format",
      paramLabel = "source|bundle",
      defaultValue = "source",
      description =
          "A source, or one folder per home as a person would bring a scan. Default:"
              + " ${DEFAULT-VALUE}")
  Format format;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "New or empty folder for the source")
  Path output;

  SourceMakeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    SyntheticSceneConfig config =
        UsageException.ofFlags(
            () -> SyntheticSceneConfig.of(scenes, seed).withSnippetsPerScene(snippets));
    if (format == Format.BUNDLE) {
      List<Path> folders = new SyntheticBundles(config).write(output);
      folders.forEach(folder -> console.print("Wrote " + folder));
      return ExitCode.OK;
    }
    SyntheticSource.Written written =
        new SyntheticSource(config)
            .write(output, new SyntheticSource.Splits(valScenes, testScenes), console::note);
    console.print(
        String.format(
            Locale.ROOT,
            "Wrote %s: %s, %s, %s, hash %s",
            output,
            Count.of(written.scenes(), "scene"),
            Count.of(written.samples(), "row"),
            Count.of(written.triangles(), "triangle"),
            written.manifestHash()));
    return ExitCode.OK;
  }

  /** What is written. */
  enum Format {
    SOURCE,
    BUNDLE
  }
}
