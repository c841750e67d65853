package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.UtcStamps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code _campaign.lock.json}: tells drivers of one campaign about each other (specification
 * campaign 9.8, row 19). It only warns: two drivers do the work twice at worst, because one marker
 * commits a shard whatever this file says. A storage that fails here stops nothing. Not
 * thread-safe.
 */
public final class CampaignLock implements AutoCloseable {
  /** How often a driver shows that it lives. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** A driver that was silent for so long has ended without removing its lock. */
  private static final Duration SILENCE = HEARTBEAT.multipliedBy(6);

  private static final Logger LOG = LoggerFactory.getLogger(CampaignLock.class);

  private final StoreIO io;
  private final StoreLocation file;
  private final Driver driver;
  private final Clock clock;
  private final Consumer<String> warn;
  private final Set<String> warnedOf = new HashSet<>();
  private Instant nextBeat;

  /**
   * One process that runs a campaign.
   *
   * @param driverId unique among all drivers
   * @param host where it runs, for people
   */
  public record Driver(String campaignId, String driverId, String host, Instant startedAt) {}

  /**
   * Writes the lock, after a look at who holds it.
   *
   * @param warn gets a line for people for every other driver that lives
   */
  public CampaignLock(
      StoreIO io, CampaignLayout layout, Driver driver, Clock clock, Consumer<String> warn) {
    this.io = io;
    this.file = layout.finalRoot().child(CampaignRoot.LOCK_NAME);
    this.driver = driver;
    this.clock = clock;
    this.warn = warn;
    this.nextBeat = clock.instant();
    beat();
  }

  /**
   * The driver that runs a campaign now, in words, if there is one that lives.
   *
   * @throws IOException if the storage does not answer
   */
  public static Optional<String> runningDriver(StoreIO io, CampaignLayout layout, Clock clock)
      throws IOException {
    return holder(io, layout.finalRoot().child(CampaignRoot.LOCK_NAME))
        .filter(holder -> lives(holder, clock.instant()))
        .map(CampaignLock::words);
  }

  /** Shows that this driver lives, if it is time; cheap otherwise. */
  public void beat() {
    Instant now = clock.instant();
    if (now.isBefore(nextBeat)) {
      return;
    }
    nextBeat = now.plus(HEARTBEAT);
    try {
      holder(io, file).ifPresent(holder -> look(holder, now));
      io.write(file, toBytes(now));
    } catch (IOException e) {
      LOG.warn("Cannot write campaign lock: {} (file={})", StorageReason.of(e), file);
    }
  }

  /** Removes the lock if this driver wrote it last. */
  @Override
  public void close() {
    try {
      if (holder(io, file)
          .map(holder -> driver.driverId().equals(holder.get("driver_id")))
          .orElse(false)) {
        io.delete(file);
      }
    } catch (IOException e) {
      LOG.warn("Cannot remove campaign lock: {} (file={})", StorageReason.of(e), file);
    }
  }

  /** What the file says; one that cannot be read says nothing. */
  private static Optional<Map<String, Object>> holder(StoreIO io, StoreLocation file)
      throws IOException {
    try {
      return io.read(file).map(bytes -> JsonParser.parseObject(bytes, file.text()));
    } catch (InvalidContentException e) {
      return Optional.empty();
    }
  }

  private void look(Map<String, Object> holder, Instant now) {
    String other = String.valueOf(holder.get("driver_id"));
    if (other.equals(driver.driverId()) || !lives(holder, now) || !warnedOf.add(other)) {
      return;
    }
    warn.accept(
        "Another driver runs this campaign (%s): no harm is done, but shards may be built twice."
                .formatted(words(holder))
            + " Stop one of the two");
  }

  private static String words(Map<String, Object> holder) {
    return "host=%s, since=%s, last seen=%s"
        .formatted(
            holder.get("host"), holder.get("started_at_utc"), holder.get("heartbeat_at_utc"));
  }

  private static boolean lives(Map<String, Object> holder, Instant now) {
    try {
      Instant seen = Instant.parse(String.valueOf(holder.get("heartbeat_at_utc")));
      return seen.plus(SILENCE).isAfter(now);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private byte[] toBytes(Instant now) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("campaign_id", driver.campaignId());
    json.put("driver_id", driver.driverId());
    json.put("host", driver.host());
    json.put("started_at_utc", UtcStamps.text(driver.startedAt()));
    json.put("heartbeat_at_utc", UtcStamps.text(now));
    return CanonicalJson.pretty(json).getBytes(StandardCharsets.UTF_8);
  }
}
