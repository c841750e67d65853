#!/bin/sh
# A campaign on one machine, one process, no cluster. Idempotent: run it again after any stop.
#
#   docker/launch/local.sh CONFIG SOURCE CAMPAIGN_FOLDER
set -eu
config=$1
source=$2
campaign=$3
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)

"$root/nbv-rollouts" plan --config "$config" --source "$source" \
  --output-manifest "$campaign/shards.jsonl" --rows-per-shard 2
"$root/nbv-rollouts" run --config "$config" \
  --shard-manifest "$campaign/shards.jsonl" --final-root "$campaign/stores"
"$root/nbv-rollouts" status --require-complete \
  --shard-manifest "$campaign/shards.jsonl" --final-root "$campaign/stores" \
  --output-json "$campaign/status.json"
