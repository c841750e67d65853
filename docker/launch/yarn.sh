#!/bin/sh
# A campaign on YARN. Not run here: it needs a YARN cluster; the same arguments run on Spark
# standalone (docker/local-cluster).
#
#   SOURCE     folder of the rollout source, on a file system that every node mounts
#   CAMPAIGN   folder with config.toml and shards.jsonl, also there
#   ROOT       final root, for example hdfs:///campaigns/may
#   JAR        jobs-<version>-spark.jar
#   CONF       folder conf of this repository
# Credentials come from Kerberos or the nodes' own Hadoop configuration, never from this file.
set -eu
: "${SOURCE:?}" "${CAMPAIGN:?}" "${ROOT:?}" "${JAR:?}" "${CONF:?}"

exec spark-submit --master yarn --deploy-mode client \
  --properties-file "$CONF/spark-defaults.conf" \
  --conf spark.eventLog.dir=hdfs:///spark-events \
  --conf spark.executor.instances=20 \
  --conf spark.executor.cores=4 \
  --conf spark.executor.memory=12g \
  --conf spark.executor.memoryOverhead=2g \
  --conf spark.yarn.maxAppAttempts=1 \
  --files "$CONF/log4j2-cluster.properties" \
  --conf spark.executor.extraJavaOptions=-Dlog4j2.configurationFile=log4j2-cluster.properties \
  --class org.nbvrollouts.jobs.RolloutCli "$JAR" \
  run --config "$CAMPAIGN/config.toml" --source "$SOURCE" \
  --shard-manifest "$CAMPAIGN/shards.jsonl" --final-root "$ROOT"
