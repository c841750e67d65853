package org.nbvrollouts.jobs.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.commit.AttemptOutcome;

class TestCampaignProgress {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void skippedShardsAreDoneButNoSpeed() {
    CampaignProgress progress = new CampaignProgress(10, 0);
    progress.add(Results.finished("shard-000000", AttemptOutcome.SKIPPED_CURRENT, 600), 1);
    assertThat(progress.line(SECOND)).isEqualTo("1/10 shards (1 done before)");
  }

  @Test
  void ratesAndTimeLeftCountWhatThisRunBuilt() {
    CampaignProgress progress = new CampaignProgress(4, 0);
    progress.add(Results.finished("shard-000000", AttemptOutcome.COMMITTED, 600), 3);
    progress.add(Results.finished("shard-000001", AttemptOutcome.COMMITTED, 600), 3);
    assertThat(progress.line(10 * SECOND))
        .isEqualTo("2/4 shards, 0.60 rows/s, 120 candidates/s, 10.0 s left");
  }

  @Test
  void failuresAreCounted() {
    CampaignProgress progress = new CampaignProgress(2, 0);
    progress.add(Results.failed("shard-000000"), 1);
    assertThat(progress.line(SECOND)).isEqualTo("0/2 shards, 1 failed");
    assertThat(progress.ended()).isEqualTo(1);
  }
}
