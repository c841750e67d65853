/**
 * Builds one shard in a plain JVM: source, pipeline, store, check, commit. No Spark here, so that a
 * shard can be built without a cluster. Entry class: {@link
 * org.nbvrollouts.jobs.shard.RolloutDatasetWriter}.
 */
package org.nbvrollouts.jobs.shard;
