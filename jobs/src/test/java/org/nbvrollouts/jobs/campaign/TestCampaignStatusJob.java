package org.nbvrollouts.jobs.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestCampaignStatusJob {

  @ParameterizedTest
  @CsvSource({
    // few shards: four tasks for each core, or one shard a task
    "3, 2, 1",
    "100, 2, 12",
    "1000, 2, 64",
    "1000, 64, 3",
    // many: sixteen tasks for each core, or 256 shards a task
    "10000, 2, 256",
    "4096, 2, 128",
    "10000, 64, 39",
    // very many for very many cores: 64 shards a task is what a driver can hold
    "1000000, 2, 256",
    "1000000, 64, 64",
    "1000000, 512, 64",
  })
  void tasksAreLongEnoughAndStillManyForEachCore(int shards, int workers, int expected) {
    assertThat(CampaignStatusJob.batchSize(shards, workers)).isEqualTo(expected);
  }
}
