package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.nbvrollouts.jobs.campaign.CampaignSession;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.config.RunSettings;
import org.nbvrollouts.jobs.config.StorageSettings;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.store.commit.VerifyLevel;
import picocli.CommandLine.Option;

/** Options that say what to run and how; flags win over the campaign file. */
final class RunOptions {
  private static final List<String> COMMITTERS = List.of("attempt", "driver");

  @Option(
      names = "--shard-manifest",
      paramLabel = "FILE",
      required = true,
      description = "The plan")
  Path shardManifest;

  @Option(
      names = "--final-root",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the finished shards; new, empty, or of this campaign")
  String finalRoot;

  @Option(
      names = "--source",
      paramLabel = "DIR",
      description = "Where the source is now, if it moved since planning")
  Path source;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Shards at the same time. Default: every core")
  Integer parallelism;

  @Option(
      names = "--verify",
      paramLabel = "files|full",
      description = "How finished shards are checked before they are skipped")
  String verify;

  @Option(
      names = "--layout",
      paramLabel = "auto|directory|packed",
      description = "How new stores are laid out: many files, or one archive. Default: the file's")
  String layout;

  @Option(
      names = "--no-roll-forward",
      description = "Do not finish the commit of an attempt that died in it")
  boolean noRollForward;

  @Option(
      names = "--max-failed-shards",
      paramLabel = "N",
      description = "Stop after that many failed shards")
  Integer maxFailedShards;

  @Option(
      names = "--max-new-shards",
      paramLabel = "N",
      description = "Stop after that many new shards")
  Integer maxNewShards;

  @Option(
      names = "--stop-after-minutes",
      paramLabel = "T",
      description = "Start no more shards after that time")
  Double stopAfterMinutes;

  @Option(
      names = "--keep-free-gib",
      paramLabel = "G",
      description = "Start no more shards when less than that is free, GiB; not on S3")
  Double keepFreeGib;

  @Option(
      names = "--allow-dirty-build",
      description = "Run a build whose commit is unknown or changed; it is recorded")
  boolean allowDirtyBuild;

  @Option(
      names = "--publish",
      paramLabel = "auto|rename|pointer",
      description = "How an attempt becomes the shard. Default: what suits the storage")
  String publish;

  @Option(
      names = "--commit",
      paramLabel = "attempt|driver",
      description = {
        "Who commits a shard. 'driver' is for storage that cannot refuse to create a name twice;",
        "no other driver may run then. Default: attempt"
      })
  String commit;

  /** The campaign as these options say; nothing is written. */
  CampaignSession session(CampaignConfig config) {
    return new CampaignSession(
        config,
        applyTo(config.storage()),
        shardManifest(),
        Paths.finalRoot(finalRoot),
        Clock.systemUTC());
  }

  /** Whether the plan says that a campaign which was started has nothing left to do. */
  boolean isPlanOfNothing(CampaignConfig config) {
    return emptyPlan().isOfStartedCampaign(applyTo(config.storage()));
  }

  /** The plan, if it is empty. */
  EmptyPlan emptyPlan() {
    return new EmptyPlan(shardManifest(), Paths.finalRoot(finalRoot));
  }

  private StorageSettings applyTo(StorageSettings file) {
    StorageSettings settings =
        file.with(
            layout == null ? file.layout() : oneOf("--layout", StorageSettings.LAYOUTS, layout),
            publish == null
                ? file.publish()
                : oneOf("--publish", StorageSettings.PUBLISH_WAYS, publish));
    if (commit == null || oneOf("--commit", COMMITTERS, commit).equals("attempt")) {
      return settings;
    }
    if (settings.publish().equals("rename")) {
      throw new UsageException(
          "Invalid --commit: driver (expected attempt where attempts are published by rename)");
    }
    return settings.committedByDriver();
  }

  private static String oneOf(String flag, List<String> choices, String value) {
    return UsageException.ofFlags(() -> ConfigCheck.oneOf(flag, choices, value));
  }

  private Path shardManifest() {
    Paths.refuseAsPlan(shardManifest);
    return shardManifest;
  }

  String sourceOverride() {
    return source == null ? "" : Paths.existingFolder("source", source).toString();
  }

  RunSettings applyTo(RunSettings file) {
    return new RunSettings(
        parallelism == null
            ? file.parallelism()
            : OptionalInt.of(positive("--parallelism", parallelism)),
        verify == null ? file.verify() : level(verify).text(),
        !noRollForward && file.rollForward(),
        file.taskDeadlineMs(),
        file.maxCrashes(),
        maxFailedShards == null
            ? file.maxFailedShards()
            : positive("--max-failed-shards", maxFailedShards),
        file.maxConsecutiveFailures(),
        maxNewShards == null
            ? file.maxNewShards()
            : OptionalInt.of(positive("--max-new-shards", maxNewShards)),
        stopAfterMinutes == null
            ? file.stopAfterMinutes()
            : OptionalDouble.of(positive("--stop-after-minutes", stopAfterMinutes)),
        keepFreeGib == null
            ? file.keepFreeGib()
            : OptionalDouble.of(positive("--keep-free-gib", keepFreeGib)),
        allowDirtyBuild || file.allowDirtyBuild(),
        file.meshCacheBytes());
  }

  private static VerifyLevel level(String text) {
    VerifyLevel level = UsageException.ofFlags(() -> VerifyLevel.parse(text));
    if (level == VerifyLevel.MARKER) {
      throw new UsageException(
          "Invalid --verify: marker (expected files or full; a marker alone proves nothing)");
    }
    return level;
  }

  private static int positive(String flag, int number) {
    if (number < 1) {
      throw new UsageException("Invalid " + flag + ": " + number + " (expected at least 1)");
    }
    return number;
  }

  private static double positive(String flag, double number) {
    if (!(number > 0) || Double.isInfinite(number)) {
      throw new UsageException("Invalid " + flag + ": " + number + " (expected more than 0)");
    }
    return number;
  }
}
