#!/bin/sh
# A campaign on Kubernetes with spark-submit. Not run here: it needs a cluster and an image.
#
#   API        https://host:port of the API server
#   IMAGE      image with Spark 4.1, the job jar in /opt/nbv and conf/ in /opt/nbv/conf
#   ROOT       final root, for example s3a://bucket/campaigns/may
# The volume claim nbv-data holds source, config.toml and shards.jsonl below /data. Access to the
# object store comes from the role of the service account.
set -eu
: "${API:?}" "${IMAGE:?}" "${ROOT:?}"

exec spark-submit --master "k8s://$API" --deploy-mode cluster --name nbv-rollouts \
  --conf spark.kubernetes.container.image="$IMAGE" \
  --conf spark.kubernetes.authenticate.driver.serviceAccountName=nbv-rollouts \
  --conf spark.kubernetes.authenticate.executor.serviceAccountName=nbv-rollouts \
  --conf spark.kubernetes.driver.volumes.persistentVolumeClaim.data.options.claimName=nbv-data \
  --conf spark.kubernetes.driver.volumes.persistentVolumeClaim.data.mount.path=/data \
  --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.data.options.claimName=nbv-data \
  --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.data.mount.path=/data \
  --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.data.mount.readOnly=true \
  --conf spark.executor.instances=20 \
  --conf spark.executor.cores=4 \
  --conf spark.executor.memory=12g \
  --conf spark.decommission.enabled=true \
  --conf spark.eventLog.enabled=true \
  --conf spark.eventLog.dir=s3a://bucket/spark-events \
  --conf spark.executor.extraJavaOptions=-Dlog4j2.configurationFile=/opt/nbv/conf/log4j2-cluster.properties \
  --class org.nbvrollouts.jobs.RolloutCli local:///opt/nbv/jobs-spark.jar \
  run --config /data/config.toml --source /data/source \
  --shard-manifest /data/shards.jsonl --final-root "$ROOT"
