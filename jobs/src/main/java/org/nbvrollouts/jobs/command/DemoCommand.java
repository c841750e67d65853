package org.nbvrollouts.jobs.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.campaign.CampaignRunResult;
import org.nbvrollouts.jobs.campaign.CampaignSession;
import org.nbvrollouts.jobs.campaign.CampaignSpark;
import org.nbvrollouts.jobs.campaign.CampaignStatus;
import org.nbvrollouts.jobs.campaign.RunCampaignJob;
import org.nbvrollouts.jobs.campaign.RunGuards;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.origin.StorePlaces;
import org.nbvrollouts.jobs.plan.CampaignPlanner;
import org.nbvrollouts.jobs.plan.PlanFiles;
import org.nbvrollouts.jobs.plan.PlannedCampaign;
import org.nbvrollouts.jobs.source.SyntheticSource;
import org.nbvrollouts.jobs.summary.SummaryText;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.pipeline.scene.SyntheticSceneConfig;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.source.rollout.RolloutSourceRows;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = {
      "A whole campaign on this machine: three generated homes, twelve rows, sixty candidates per"
          + " step, every store committed and validated. A second call finds it done."
    },
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts demo --out nbv-demo")
final class DemoCommand implements Callable<Integer> {
  private static final int SCENES = 3;
  private static final int SNIPPETS_PER_SCENE = 4;
  private static final long SEED = 7;
  private static final String PROFILE = "production";

  private final Console console;

  @Spec CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "nbv-demo",
      description = "Folder for everything. Default: ${DEFAULT-VALUE}")
  Path output;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Paths.refuseFileAsFolder("output folder", output);
    Path source = output.resolve("source");
    if (!Files.isDirectory(source)) {
      Paths.refuseUnlessFree("demo", output);
    }
    Path manifest = output.resolve("shards.jsonl");
    Path stores = output.resolve("stores");
    CampaignConfig config = CampaignConfig.profile(PROFILE);
    makeSource(source);
    plan(config, Paths.existingFolder("source", source), manifest);
    StoreLocation root = StoreLocation.of(stores.toAbsolutePath().normalize());
    CampaignSession session = new CampaignSession(config, manifest, root, Clock.systemUTC());
    CampaignHeader header = session.header();
    session.check(header);
    session.checkSource("");
    session.open(header);
    console.note("3 of 4  Run " + header.campaignId());
    try (CampaignSpark spark =
        CampaignSpark.start(header.campaignId(), config.run().parallelism())) {
      CampaignRunResult result =
          new RunCampaignJob(
                  session.request(
                      header, config.run(), "", spec.commandLine().getParseResult().originalArgs()),
                  config.run(),
                  new RunGuards(session::freeSpace, () -> {}),
                  new ConsoleProgress(console, System::nanoTime))
              .run(spark, session.entries(Set.of()));
      if (result.interrupted()) {
        return ExitCode.UNFINISHED;
      }
      console.note("4 of 4  Check what is stored");
      CampaignStatus status = session.statusWithSummary(spark, VerifyLevel.FILES, shard -> {});
      report(session, result, status, new Places(source, manifest, stores));
      return RunVerdict.exitCode(result, status.totals());
    }
  }

  private record Places(Path source, Path manifest, Path stores) {}

  private void makeSource(Path source) {
    if (Files.isDirectory(source)) {
      console.note("1 of 4  Source is there: " + source);
      return;
    }
    console.note("1 of 4  Make " + SCENES + " homes: " + source);
    new SyntheticSource(
            SyntheticSceneConfig.of(SCENES, SEED).withSnippetsPerScene(SNIPPETS_PER_SCENE))
        .write(source, new SyntheticSource.Splits(0, 0), line -> console.note("        " + line));
  }

  private void plan(CampaignConfig config, Path source, Path manifest) {
    try (RolloutSourceRows rows = RolloutSourceRows.open(source);
        PlannedCampaign plan =
            new CampaignPlanner(config, Clock.systemUTC())
                .plan(rows, source, manifest.toString(), 1, ShardGrouping.SCENE)) {
      PlanFiles.Written written = PlanFiles.write(plan, manifest);
      console.note(
          (written == PlanFiles.Written.CREATED ? "2 of 4  Plan: " : "2 of 4  Plan is there: ")
              + Count.of(plan.manifest().shards(), "shard")
              + " of one row, "
              + manifest);
    }
  }

  private void report(
      CampaignSession session, CampaignRunResult result, CampaignStatus status, Places places) {
    console.print("");
    if (result.count(AttemptOutcome.SKIPPED_CURRENT) == status.totals().shards()) {
      console.print("Everything was done before: all shards verify, nothing was built again.");
    } else {
      console.print(RunVerdict.words(result, status.totals()));
    }
    console.print("");
    SummaryText.lines(status.summary()).forEach(console::print);
    console.print("");
    console.print("Where things are");
    console.print("  source   " + places.source());
    console.print("  plan     " + places.manifest());
    console.print(
        "  stores   " + places.stores() + ", one folder per shard, for any Zarr 3 reader");
    console.print("");
    console.print("Try next");
    String stores = ShellWord.of(places.stores());
    String first =
        ShellWord.of(places.stores().resolve(session.plan().first().orElseThrow().shardId()));
    String launcher = "  " + ShellWord.launcher();
    console.print(launcher + " info --store " + first + " --validate");
    explained(status)
        .ifPresent(arguments -> console.print(launcher + " explain --store " + arguments));
    console.print(
        launcher
            + " status --shard-manifest "
            + ShellWord.of(places.manifest())
            + " --final-root "
            + stores);
    console.print(launcher + " source describe " + ShellWord.of(places.source()));
  }

  /** The first choice of the first rollout there is: store, rollout, step and candidate. */
  private static Optional<String> explained(CampaignStatus status) {
    return status
        .totals()
        .firstWithRollouts()
        .map(shard -> StorePlaces.store(Path.of(shard.place().finalDir())))
        .map(
            store -> {
              try (RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(store)) {
                long chosen = reader.rows("steps/selected_shell_index", 0, 1).longAt(0);
                return ShellWord.of(store) + " --rollout 0 --step 0 --candidate " + chosen;
              }
            });
  }
}
