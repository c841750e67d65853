package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreLocation;

class TestCampaignLock {
  @TempDir Path root;
  private final HandClock clock = new HandClock();
  private final List<String> heardByFirst = new ArrayList<>();
  private final List<String> heardBySecond = new ArrayList<>();

  @Test
  void aDriverAloneHearsNothingAndLeavesNothing() {
    try (CampaignLock lock = lock("first", heardByFirst)) {
      assertThat(file()).exists();
      clock.now = clock.now.plus(CampaignLock.HEARTBEAT);
      lock.beat();
    }
    assertThat(heardByFirst).isEmpty();
    assertThat(file()).doesNotExist();
  }

  @Test
  void twoDriversHearOfEachOtherOnce() {
    CampaignLock first = lock("first", heardByFirst);
    CampaignLock second = lock("second", heardBySecond);
    for (int i = 0; i < 3; i++) {
      clock.now = clock.now.plus(CampaignLock.HEARTBEAT);
      first.beat();
      second.beat();
    }
    assertThat(heardBySecond)
        .containsExactly(
            "Another driver runs this campaign (host=host-of-first, since=2026-01-01T00:00:00Z,"
                + " last seen=2026-01-01T00:00:00Z): no harm is done, but shards may be built"
                + " twice. Stop one of the two");
    assertThat(heardByFirst).hasSize(1).allMatch(line -> line.contains("host=host-of-second"));
    second.close();
    assertThat(file()).doesNotExist();
    first.close();
  }

  @Test
  void aDriverRemovesNoLockOfAnother() {
    CampaignLock first = lock("first", heardByFirst);
    CampaignLock second = lock("second", heardBySecond);
    first.close();
    assertThat(file()).exists();
    second.close();
    assertThat(file()).doesNotExist();
  }

  @Test
  void aDriverThatDiedIsForgottenAfterAWhile() {
    lock("first", heardByFirst);
    clock.now = clock.now.plus(Duration.ofMinutes(2));
    lock("second", heardBySecond).close();
    assertThat(heardBySecond).isEmpty();
  }

  @Test
  void anUnreadableLockStopsNothing() throws IOException {
    Files.writeString(file(), "{\"driver_id\":");
    lock("first", heardByFirst).close();
    assertThat(heardByFirst).isEmpty();
    Files.write(file(), "[]".getBytes(StandardCharsets.UTF_8));
    lock("second", heardBySecond).close();
    assertThat(heardBySecond).isEmpty();
  }

  @Test
  void betweenHeartbeatsNothingIsWritten() throws IOException {
    CampaignLock lock = lock("first", heardByFirst);
    Files.delete(file());
    lock.beat();
    assertThat(file()).doesNotExist();
    clock.now = clock.now.plus(CampaignLock.HEARTBEAT);
    lock.beat();
    assertThat(file()).exists();
  }

  private Path file() {
    return root.resolve("_campaign.lock.json");
  }

  private CampaignLock lock(String id, List<String> heard) {
    return new CampaignLock(
        new LocalStoreIO(Durability.BUFFERED),
        CampaignLayout.of(StoreLocation.of(root)),
        new CampaignLock.Driver("campaign-0123456789abcdef", id, "host-of-" + id, clock.now),
        clock,
        heard::add);
  }

  /** Stands still until it is moved. */
  private static final class HandClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
