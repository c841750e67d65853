package org.nbvrollouts.jobs.config;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a campaign is run; nothing here changes data.
 *
 * @param parallelism shards built at the same time, every core when empty
 * @param verify {@code files} or {@code full}: how a finished shard is checked before it is skipped
 * @param rollForward finish the commit of an attempt that died in it
 * @param taskDeadlineMs longest attempt
 * @param maxCrashes attempts that may vanish before a shard is set aside
 * @param maxFailedShards failed shards after which a run stops
 * @param maxConsecutiveFailures failed shards in a row after which a run stops
 * @param maxNewShards committed shards after which a run stops
 * @param stopAfterMinutes time after which a run starts no more shards
 * @param keepFreeGib free space of the final root's storage below which a run starts no more shards
 * @param allowDirtyBuild run a build whose commit is unknown or has changes
 * @param meshCacheBytes meshes and their trees kept per JVM
 */
public record RunSettings(
    OptionalInt parallelism,
    String verify,
    boolean rollForward,
    long taskDeadlineMs,
    int maxCrashes,
    int maxFailedShards,
    int maxConsecutiveFailures,
    OptionalInt maxNewShards,
    OptionalDouble stopAfterMinutes,
    OptionalDouble keepFreeGib,
    boolean allowDirtyBuild,
    long meshCacheBytes) {

  static RunSettings of(ConfigTable table) {
    return new RunSettings(
        table.optionalCount("run.parallelism"),
        table.text("run.verify"),
        table.flag("run.roll_forward"),
        table.integer("run.task_deadline_ms"),
        table.count("run.max_crashes"),
        table.count("run.max_failed_shards"),
        table.count("run.max_consecutive_failures"),
        table.optionalCount("run.max_new_shards"),
        table.optionalNumber("run.stop_after_minutes"),
        table.optionalNumber("run.keep_free_gib"),
        table.flag("run.allow_dirty_build"),
        table.integer("run.mesh_cache_bytes"));
  }
}
