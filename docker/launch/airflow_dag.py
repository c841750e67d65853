"""Plan, run and check a campaign every day with Apache Airflow.

Not run here: it needs Airflow. Each step is idempotent, so Airflow may retry it whenever it likes:
planning again changes nothing, running again builds only what is missing, status only reads.

Exit codes (docs/operations.md): 0 done, 2 more to do, 3 and 4 and 5 need a person, 75 is worth a
retry. Only 2 and 75 are retried here.
"""

from __future__ import annotations

import datetime
import subprocess

from airflow.decorators import dag, task
from airflow.exceptions import AirflowFailException

LAUNCHER = "/opt/nbv-rollouts/nbv-rollouts"
CONFIG = "/data/config.toml"
SOURCE = "/data/source"
MANIFEST = "/data/campaign/shards.jsonl"
FINAL_ROOT = "/data/campaign/stores"
RETRIED = (2, 75)


def call(*arguments: str) -> None:
    """Run a command; end for good on what no retry can change."""
    code = subprocess.run([LAUNCHER, *arguments], check=False).returncode
    if code == 0:
        return
    message = f"nbv-rollouts {arguments[0]} exited with {code}"
    if code in RETRIED:
        raise RuntimeError(message)
    raise AirflowFailException(message)


@dag(
    schedule="@daily",
    start_date=datetime.datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 5, "retry_delay": datetime.timedelta(minutes=10)},
)
def nbv_rollouts():
    """One campaign, built a little further every day until it is complete."""

    @task
    def plan():
        call(
            "plan", "--config", CONFIG, "--source", SOURCE,
            "--output-manifest", MANIFEST, "--rows-per-shard", "2",
        )

    @task
    def run():
        call(
            "run", "--config", CONFIG, "--source", SOURCE,
            "--shard-manifest", MANIFEST, "--final-root", FINAL_ROOT,
            "--stop-after-minutes", "240", "--keep-free-gib", "50",
        )

    @task
    def check():
        call(
            "status", "--shard-manifest", MANIFEST, "--final-root", FINAL_ROOT,
            "--require-complete", "--output-json", "/data/campaign/status.json",
        )

    plan() >> run() >> check()


nbv_rollouts()
