package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.plan.CampaignPlanner;
import org.nbvrollouts.jobs.plan.PlanFiles;
import org.nbvrollouts.jobs.plan.PlannedCampaign;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.manifest.ShardManifestFile;
import org.nbvrollouts.store.source.rollout.RolloutSourceRows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    description = "Cut the rows of a source into shards. Renders nothing, changes no source.",
    footerHeading = "%nExample:%n",
    footer =
        "  nbv-rollouts plan --config production.toml --source homes \\%n"
            + "      --output-manifest campaign/shards.jsonl --rows-per-shard 4")
final class PlanCommand implements Callable<Integer> {
  private final Console console;

  @Mixin ConfigOptions config;

  @Option(
      names = "--source",
      paramLabel = "DIR",
      description = "Rollout source. Default: [source.store] store_dir of the campaign file")
  Path source;

  @Option(
      names = "--output-manifest",
      paramLabel = "FILE",
      required = true,
      description = "Shard manifest to write; campaign.json goes beside it")
  Path outputManifest;

  @Option(
      names = "--rows-per-shard",
      paramLabel = "N",
      required = true,
      description = "Most source rows of one shard, at least 1")
  int rowsPerShard;

  @Option(
      names = "--group-by",
      paramLabel = "scene|none",
      defaultValue = "scene",
      description = "Rows of one scene together, or source order. Default: ${DEFAULT-VALUE}")
  String groupBy;

  @Option(names = "--dry-run", description = "Plan and report, write nothing")
  boolean dryRun;

  @Option(names = "--json", description = "Report as JSON")
  boolean json;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (rowsPerShard < 1) {
      throw new UsageException(
          "Invalid --rows-per-shard: " + rowsPerShard + " (expected at least 1)");
    }
    ShardGrouping grouping = UsageException.ofFlags(() -> ShardGrouping.parse(groupBy));
    if (outputManifest.toString().isEmpty()) {
      throw new UsageException("Invalid --output-manifest: nothing (expected a file)");
    }
    Paths.refuseAsPlan(outputManifest);
    CampaignConfig campaign = config.load(console);
    Path directory = Paths.existingFolder("source", sourceOf(campaign));
    try (RolloutSourceRows rows = RolloutSourceRows.open(directory);
        PlannedCampaign plan =
            new CampaignPlanner(campaign, Clock.systemUTC())
                .plan(rows, directory, outputManifest.toString(), rowsPerShard, grouping)) {
      plan.warnings().forEach(console::note);
      report(plan, dryRun ? Optional.empty() : Optional.of(PlanFiles.write(plan, outputManifest)));
    }
    return ExitCode.OK;
  }

  private Path sourceOf(CampaignConfig campaign) {
    return Optional.ofNullable(source)
        .or(() -> campaign.source().directory().map(Path::of))
        .orElseThrow(
            () ->
                new RefusedInputException(
                    "Missing source (expected --source DIR, or [source.store] store_dir in the"
                        + " campaign file)"));
  }

  private void report(PlannedCampaign plan, Optional<PlanFiles.Written> written) {
    ShardManifestFile manifest = plan.manifest();
    String writerConfigHash = manifest.first().orElseThrow().writerConfigHash();
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("campaign_id", plan.header().campaignId());
      report.put("manifest_path", outputManifest.toString());
      report.put("manifest_sha256_bytes", plan.header().plan().manifestSha256Bytes());
      report.put("num_rows", manifest.rows());
      report.put("num_shards", manifest.shards());
      report.put("writer_config_hash", writerConfigHash);
      report.put("written", written.map(PlanFiles.Written.CREATED::equals).orElse(false));
      console.print(CanonicalJson.pretty(report));
      return;
    }
    console.print(
        String.format(
            "%s: %s in %s, configuration %s",
            plan.header().campaignId(),
            Count.of(manifest.rows(), "row"),
            Count.of(manifest.shards(), "shard"),
            writerConfigHash));
    console.print(
        written
            .map(
                done ->
                    done == PlanFiles.Written.CREATED
                        ? "Wrote " + outputManifest
                        : "Unchanged: " + outputManifest)
            .orElse("Dry run: nothing written"));
  }
}
