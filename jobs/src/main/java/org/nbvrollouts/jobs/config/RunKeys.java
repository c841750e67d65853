package org.nbvrollouts.jobs.config;

import static org.nbvrollouts.jobs.config.ConfigKey.key;
import static org.nbvrollouts.jobs.config.ConfigKey.optional;
import static org.nbvrollouts.jobs.config.ConfigType.FLAG;
import static org.nbvrollouts.jobs.config.ConfigType.INTEGER;
import static org.nbvrollouts.jobs.config.ConfigType.LONG;
import static org.nbvrollouts.jobs.config.ConfigType.NUMBER;
import static org.nbvrollouts.jobs.config.ConfigType.TEXT;
import static org.nbvrollouts.jobs.config.KeyRole.RUN;
import static org.nbvrollouts.jobs.config.KeyRole.STORAGE;

import java.util.List;
import java.util.stream.Stream;

/**
 * Keys of {@code [run]} and {@code [storage]}, which never enter a hash (specification source 9.5).
 */
final class RunKeys {
  private static final ValueRange COUNT = ValueRange.atLeast(1);

  private RunKeys() {}

  static List<ConfigKey> keys() {
    return Stream.of(run(), storage()).flatMap(List::stream).toList();
  }

  private static List<ConfigKey> run() {
    return List.of(
        optional(
                RUN,
                "run.parallelism",
                INTEGER,
                null,
                "Shards built at the same time; every core if absent")
            .in(COUNT),
        key(
                RUN,
                "run.verify",
                TEXT,
                "files",
                "How finished shards are checked before skipping them")
            .in(ValueRange.oneOf("files", "full")),
        key(RUN, "run.roll_forward", FLAG, true, "Finish the commit of an attempt that died in it"),
        key(RUN, "run.task_deadline_ms", LONG, 7_200_000L, "Longest attempt, milliseconds")
            .in(COUNT),
        key(
                RUN,
                "run.max_crashes",
                INTEGER,
                3L,
                "Attempts that may vanish before a shard is set aside")
            .in(COUNT),
        key(RUN, "run.max_failed_shards", INTEGER, 5L, "Failed shards after which a run stops")
            .in(COUNT),
        key(
                RUN,
                "run.max_consecutive_failures",
                INTEGER,
                5L,
                "Failed shards in a row after which a run stops")
            .in(COUNT),
        optional(RUN, "run.max_new_shards", INTEGER, null, "Shards after which a run stops")
            .in(COUNT),
        optional(
                RUN,
                "run.stop_after_minutes",
                NUMBER,
                null,
                "Time after which a run stops, minutes")
            .in(ValueRange.above(0)),
        optional(
                RUN,
                "run.keep_free_gib",
                NUMBER,
                null,
                "Free space of the final root below which a run stops, GiB")
            .in(ValueRange.above(0)),
        key(
            RUN,
            "run.allow_dirty_build",
            FLAG,
            true,
            "Run a build whose commit is unknown or changed"),
        key(
                RUN,
                "run.mesh_cache_bytes",
                LONG,
                2_147_483_648L,
                "Meshes and their trees kept per JVM, bytes")
            .in(ValueRange.atLeast(0)));
  }

  private static List<ConfigKey> storage() {
    return List.of(
        key(
                STORAGE,
                "storage.layout",
                TEXT,
                "auto",
                "Form of a store: many files (directory) or one archive (packed); auto packs where"
                    + " small files are slow")
            .in(ValueRange.oneOf(StorageSettings.LAYOUTS)),
        key(STORAGE, "storage.publish", TEXT, "auto", "How an attempt becomes the shard")
            .in(ValueRange.oneOf(StorageSettings.PUBLISH_WAYS)),
        key(STORAGE, "storage.force_to_disk", FLAG, true, "Force files to disk before a commit"),
        optional(
            STORAGE,
            "storage.s3_endpoint",
            TEXT,
            null,
            "Address of an S3 server; AWS_ENDPOINT_URL or Amazon's if absent"),
        optional(
            STORAGE,
            "storage.s3_region",
            TEXT,
            null,
            "Region of the buckets; AWS_REGION or found out if absent"),
        key(
                STORAGE,
                "storage.retry_max_wait_ms",
                LONG,
                5_000L,
                "Longest single wait before remote storage is tried again, milliseconds")
            .in(ValueRange.atLeast(100)),
        key(
                STORAGE,
                "storage.retry_limit_ms",
                LONG,
                60_000L,
                "Time after which a failing call to remote storage is given up, milliseconds")
            .in(ValueRange.atLeast(0)));
  }
}
