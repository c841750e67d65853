package org.nbvrollouts.jobs.campaign;

import java.util.Locale;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.commit.RolloutShardRunResult;

/**
 * How far a run is, for the progress line. Rates count what this run built; shards that were
 * finished before count as done, not as speed. Not thread-safe.
 */
final class CampaignProgress {
  private static final double NANOS_PER_SECOND = 1e9;

  private final int shards;
  private final long startNanos;
  private int done;
  private int skipped;
  private int failed;
  private int built;
  private long rows;
  private long candidates;

  CampaignProgress(int shards, long startNanos) {
    this.shards = shards;
    this.startNanos = startNanos;
  }

  void add(RolloutShardRunResult result, int rowsOfShard) {
    if (!(result instanceof RolloutShardRunResult.Finished finished)) {
      failed++;
      return;
    }
    done++;
    if (finished.isSkipped()) {
      skipped++;
    } else {
      built++;
      rows += rowsOfShard;
      candidates += finished.counts().candidates();
    }
  }

  int ended() {
    return done + failed;
  }

  /** One line of less than 80 ASCII characters. */
  String line(long nowNanos) {
    double seconds = Math.max(1e-3, (nowNanos - startNanos) / NANOS_PER_SECOND);
    StringBuilder line = new StringBuilder();
    line.append(done + "/" + Count.of(shards, "shard"));
    if (skipped > 0) {
      line.append(String.format(Locale.ROOT, " (%d done before)", skipped));
    }
    if (built > 0) {
      line.append(
          String.format(
              Locale.ROOT,
              ", %s rows/s, %.0f candidates/s",
              rate(rows / seconds),
              candidates / seconds));
    }
    int left = shards - ended();
    if (left > 0 && built > 0) {
      line.append(", ").append(Durations.words((long) (seconds * 1e3 * left / (built + failed))));
      line.append(" left");
    }
    if (failed > 0) {
      line.append(String.format(Locale.ROOT, ", %d failed", failed));
    }
    return line.toString();
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.2f" : "%.0f", perSecond);
  }
}
