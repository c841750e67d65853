package org.nbvrollouts.store.status;

import java.io.IOException;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.CampaignRoot;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.FailureSidecar;
import org.nbvrollouts.store.manifest.ShardIds;

/**
 * Names found in a final root, listed once for all shards.
 *
 * @param names direct children in code-point order
 */
public record CampaignScan(List<String> names) {

  public CampaignScan {
    names = names.stream().sorted(CanonicalJson.CODE_POINT_ORDER).toList();
  }

  /**
   * Names beside the final directories that belong to one shard.
   *
   * @param failedMarkers names of failure markers
   * @param divergentReports names of divergence reports
   */
  public record ShardTraces(List<String> failedMarkers, List<String> divergentReports)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No trace. */
    public static final ShardTraces NONE = new ShardTraces(List.of(), List.of());

    public ShardTraces {
      failedMarkers = List.copyOf(failedMarkers);
      divergentReports = List.copyOf(divergentReports);
    }
  }

  /** Lists a final root; an absent one has no names. */
  public static CampaignScan of(StoreIO io, CampaignLayout layout) {
    try {
      StoreListing listing = io.list(layout.finalRoot());
      return new CampaignScan(listing.entries().stream().map(StoreEntry::name).toList());
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot list campaign: %s (final_root=%s)"
              .formatted(StorageReason.of(e), layout.finalRoot()),
          e);
    }
  }

  /** The names that belong to a shard. */
  public ShardTraces tracesOf(String shardId) {
    return new ShardTraces(
        starting(FailureSidecar.namePrefix(shardId)),
        starting(CampaignLayout.divergentPrefix(shardId)));
  }

  /** Names that no planned shard owns: other shards, their markers, and what no campaign wrote. */
  public List<String> orphans(Set<String> plannedIds) {
    return names.stream().filter(name -> isOrphan(name, plannedIds)).toList();
  }

  private static boolean isOrphan(String name, Set<String> plannedIds) {
    if (ShardIds.isCanonical(name)) {
      return !plannedIds.contains(name);
    }
    if (FailureSidecar.isFileName(name) || CampaignLayout.isDivergentReport(name)) {
      String[] parts = name.split("\\.", 3);
      return parts.length < 3 || !plannedIds.contains(parts[1]);
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
