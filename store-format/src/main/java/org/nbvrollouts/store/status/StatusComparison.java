package org.nbvrollouts.store.status;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What changed among the finished shards since an earlier report. Seals are no signatures: somebody
 * who replaces store, owner and marker together is found only against a report kept elsewhere
 * (specification campaign 7.4). Not thread-safe.
 */
public final class StatusComparison {
  private static final int SHOWN = 100;

  private final Map<String, String> before;
  private final List<String> differences = new ArrayList<>();
  private long count;
  private long finishedSince;

  /**
   * @param ownersBefore hash of the owner sidecar by shard, from {@link StatusReportParser}
   */
  public StatusComparison(Map<String, String> ownersBefore) {
    this.before = new HashMap<>(ownersBefore);
  }

  /** Compares the next shard. */
  public void add(RolloutShardStatus now) {
    String owner = before.remove(now.shardId());
    if (owner == null) {
      finishedSince += now.isDone() ? 1 : 0;
    } else if (!now.isDone()) {
      differ(now.shardId() + ": was finished, is " + now.state().text());
    } else if (!owner.equals(now.committed().ownerSha256())) {
      differ(
          "%s: another store is committed (expected owner_sha256=%s, found=%s)"
              .formatted(now.shardId(), owner, now.committed().ownerSha256()));
    }
  }

  /** Differences in words, the first ones of many; complete after the last shard was added. */
  public List<String> differences() {
    List<String> all = new ArrayList<>(differences);
    before.keySet().stream()
        .sorted()
        .limit(SHOWN)
        .map(id -> id + ": was finished, is not in this plan")
        .forEach(all::add);
    return all.size() <= SHOWN ? all : all.subList(0, SHOWN);
  }

  /** How many differences there are. */
  public long count() {
    return count + before.size();
  }

  /** Shards that the earlier report did not have as finished. */
  public long finishedSince() {
    return finishedSince;
  }

  private void differ(String text) {
    count++;
    if (differences.size() < SHOWN) {
      differences.add(text);
    }
  }
}
