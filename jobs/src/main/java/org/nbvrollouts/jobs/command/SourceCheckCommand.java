package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.SceneLeakage;
import org.nbvrollouts.store.source.rollout.RolloutSourceCheck;
import org.nbvrollouts.store.source.rollout.RolloutSourceReader;
import org.nbvrollouts.store.source.vin.VinStoreCheck;
import org.nbvrollouts.store.source.vin.VinStoreReader;
import org.nbvrollouts.store.source.vin.VinStoreReader.RepeatedSnippets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description = "Read every byte of a source and list everything that is wrong with it.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts source check homes")
final class SourceCheckCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DIR", description = "Rollout source v1 or VIN offline store")
  Path source;

  @Option(
      names = "--allow-repeated-snippets",
      description = "VIN offline store: rows with one scene and snippet are no problem")
  boolean allowRepeatedSnippets;

  SourceCheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path folder = Paths.existingFolder("source", source);
    return VinStoreReader.isStore(folder) ? checkStore(folder) : checkSource(folder);
  }

  private Integer checkSource(Path folder) {
    RolloutSourceCheck.Result result = RolloutSourceCheck.check(folder);
    refuseIfAny(result.problems());
    SceneLeakage.warning(RolloutSourceReader.open(folder).identities()).ifPresent(console::lookAt);
    return sound(result.samples());
  }

  private Integer checkStore(Path folder) {
    VinStoreCheck.Result result =
        VinStoreCheck.check(
            folder, allowRepeatedSnippets ? RepeatedSnippets.REPORTED : RepeatedSnippets.REFUSED);
    result.warnings().forEach(console::lookAt);
    refuseIfAny(result.problems());
    return sound(result.samples());
  }

  private static void refuseIfAny(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new RefusedInputException(String.join("\n", problems));
    }
  }

  private Integer sound(long rows) {
    console.print(source + " is sound: " + Count.of(rows, "row"));
    return ExitCode.OK;
  }
}
