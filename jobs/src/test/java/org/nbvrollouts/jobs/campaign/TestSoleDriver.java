package org.nbvrollouts.jobs.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.RefusedInputException;

class TestSoleDriver {
  @TempDir private Path folder;

  @Test
  void thereIsOneAtATime() {
    Path plan = folder.resolve("shards.jsonl");
    SoleDriver first = SoleDriver.of(plan);
    assertThatThrownBy(() -> SoleDriver.of(plan))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot run campaign with --commit driver: another driver runs this plan (lock="
                + plan
                + ".lock). Wait for it, or stop it");
    first.release();
    SoleDriver second = SoleDriver.of(plan);
    assertThat(folder.resolve("shards.jsonl.lock")).exists();
    second.release();
  }
}
