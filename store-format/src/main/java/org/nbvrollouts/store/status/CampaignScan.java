package org.nbvrollouts.store.status;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.CampaignRoot;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.FailureSidecar;
import org.nbvrollouts.store.manifest.ShardIds;

/**
 * Names found in a final root, and those of shards with private attempts, listed once for all
 * shards. Folders of shards take a bit each, so that its size grows with what went wrong and not
 * with what was built.
 */
public final class CampaignScan {
  private final ShardIdSet shards;
  private final List<String> names;
  private final Optional<ShardIdSet> attempted;

  private CampaignScan(
      ShardIdSet shards, Collection<String> sortedNames, Optional<ShardIdSet> attempted) {
    this.shards = shards;
    this.names = List.copyOf(sortedNames);
    this.attempted = attempted;
  }

  /**
   * Names beside the final directories that belong to one shard.
   *
   * @param failedMarkers names of failure markers
   * @param divergentReports names of divergence reports
   * @param mayHaveAttempts false if it had no folder of private attempts
   */
  public record ShardTraces(
      List<String> failedMarkers, List<String> divergentReports, boolean mayHaveAttempts)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final ShardTraces NONE = new ShardTraces(List.of(), List.of(), false);

    public ShardTraces {
      failedMarkers = List.copyOf(failedMarkers);
      divergentReports = List.copyOf(divergentReports);
    }
  }

  /** Lists a final root and its private attempts; what is absent has no names. */
  public static CampaignScan of(StoreIO io, CampaignLayout layout) {
    StoreLocation finalRoot = layout.finalRoot();
    ShardIdSet shards = new ShardIdSet();
    SortedSet<String> names = new TreeSet<>(CanonicalJson.CODE_POINT_ORDER);
    try {
      io.visitNames(
          finalRoot,
          name -> {
            if (ShardIds.isCanonical(name)) {
              shards.add(name);
            } else {
              names.add(name);
            }
          });
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot list campaign: %s (final_root=%s)".formatted(StorageReason.of(e), finalRoot), e);
    }
    return new CampaignScan(shards, names, attempted(io, layout.attemptsRoot()));
  }

  /** Empty if that cannot be listed: every shard then has to be asked, and says so. */
  private static Optional<ShardIdSet> attempted(StoreIO io, StoreLocation attemptsRoot) {
    ShardIdSet attempted = new ShardIdSet();
    try {
      io.visitNames(
          attemptsRoot,
          name -> {
            if (ShardIds.isCanonical(name)) {
              attempted.add(name);
            }
          });
      boolean isFile =
          attempted.isEmpty() && io.list(attemptsRoot).kind() == StoreListing.Kind.FILE;
      return isFile ? Optional.empty() : Optional.of(attempted);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The names that belong to a shard. */
  public ShardTraces tracesOf(String shardId) {
    boolean mayHaveAttempts = attempted.isEmpty() || attempted.get().contains(shardId);
    return names.isEmpty() && !mayHaveAttempts
        ? ShardTraces.NONE
        : new ShardTraces(
            starting(FailureSidecar.namePrefix(shardId)),
            starting(CampaignLayout.divergentPrefix(shardId)),
            mayHaveAttempts);
  }

  /** Names that no planned shard owns: other shards, their markers, and what no campaign wrote. */
  public List<String> orphans(ShardIdSet planned) {
    List<String> orphans = new ArrayList<>(shards.without(planned));
    names.stream().filter(name -> isOrphan(name, planned)).forEach(orphans::add);
    orphans.sort(CanonicalJson.CODE_POINT_ORDER);
    return orphans;
  }

  private static boolean isOrphan(String name, ShardIdSet planned) {
    if (FailureSidecar.isFileName(name) || CampaignLayout.isDivergentReport(name)) {
      String[] parts = name.split("\\.", 3);
      return parts.length < 3 || !ShardIds.isCanonical(parts[1]) || !planned.contains(parts[1]);
    }
    return !CampaignRoot.isCampaignName(name);
  }

  /** Found by bisection: a campaign asks this for every one of its shards. */
  private List<String> starting(String prefix) {
    int found = Collections.binarySearch(names, prefix, CanonicalJson.CODE_POINT_ORDER);
    int first = found < 0 ? -found - 1 : found;
    int end = first;
    while (end < names.size() && names.get(end).startsWith(prefix)) {
      end++;
    }
    return names.subList(first, end);
  }
}
