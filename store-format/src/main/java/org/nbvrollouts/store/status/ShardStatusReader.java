package org.nbvrollouts.store.status;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.ShardAttempt;
import org.nbvrollouts.store.commit.ShardEvidence;
import org.nbvrollouts.store.commit.ShardFinding;
import org.nbvrollouts.store.commit.ShardReason;
import org.nbvrollouts.store.commit.ShardVerifier;
import org.nbvrollouts.store.commit.StoreInspection;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.FailureSidecarParser;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.SidecarIdentity;
import org.nbvrollouts.store.manifest.StartedSidecar;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/**
 * Reads the status of shards, one at a time, from storage alone. A bad shard gives a bad status and
 * never an exception, and a storage that does not answer is never reported as a missing shard.
 */
public final class ShardStatusReader {
  private final StoreIO io;
  private final CampaignLayout layout;
  private final VerifyLevel level;
  private final ShardVerifier verifier;

  public ShardStatusReader(
      StoreIO io, CampaignLayout layout, StoreInspection inspection, VerifyLevel level) {
    this.io = io;
    this.layout = layout;
    this.level = level;
    this.verifier = new ShardVerifier(io, inspection);
  }

  /** The status of every entry of a plan, in order, by one thread. */
  public List<RolloutShardStatus> statusOfAll(List<RolloutShardEntry> entries) {
    CampaignScan scan = CampaignScan.of(io, layout);
    return entries.stream().map(entry -> statusOf(entry, scan.tracesOf(entry.shardId()))).toList();
  }

  /**
   * The status of one entry; depends on the entry and the storage alone.
   *
   * @param traces of this shard, from {@link CampaignScan#tracesOf}
   */
  public RolloutShardStatus statusOf(RolloutShardEntry entry, CampaignScan.ShardTraces traces) {
    StoreLocation finalDirectory = layout.finalDirectory(entry.shardId());
    ShardEvidence evidence = verifier.verify(entry, finalDirectory, level);
    List<ShardFinding> findings = new ArrayList<>(evidence.findings());
    List<String> stale = staleMarkers(entry, traces);
    int failed = traces.failedMarkers().size() - stale.size();
    int unfinished = unfinishedAttempts(entry, traces, evidence, findings);
    ShardState state = stateOf(evidence, findings, failed);
    boolean done = state == ShardState.SUCCEEDED;
    return new RolloutShardStatus(
        entry.shardId(),
        entry.split(),
        state,
        entry.numRows(),
        RolloutShardStatus.Place.of(
            finalDirectory.text(),
            done
                ? evidence.marker().orElseThrow().storePath()
                : SuccessSidecar.STORE_IS_FINAL_DIRECTORY),
        paths(traces.failedMarkers()),
        paths(stale),
        errors(state, finalDirectory),
        findings,
        new AttemptCounts(failed + unfinished + (done ? 1 : 0), failed, unfinished),
        done ? committed(evidence) : RolloutShardStatus.Committed.NOTHING,
        paths(traces.divergentReports()));
  }

  private static ShardState stateOf(
      ShardEvidence evidence, List<ShardFinding> findings, int failed) {
    return switch (evidence.presence()) {
      case MARKED -> evidence.isCurrent() ? ShardState.SUCCEEDED : ShardState.INCOMPLETE;
      case UNCOMMITTED, EMPTY, NOT_A_DIRECTORY, UNKNOWN -> ShardState.INCOMPLETE;
      case ABSENT, ATTEMPTS_ONLY -> {
        boolean unanswered =
            findings.stream().anyMatch(finding -> finding.reason() == ShardReason.STORAGE_ERROR);
        if (unanswered) {
          yield ShardState.INCOMPLETE;
        }
        yield failed > 0 ? ShardState.FAILED : ShardState.MISSING;
      }
    };
  }

  private static List<String> errors(ShardState state, StoreLocation finalDirectory) {
    return state == ShardState.INCOMPLETE
        ? List.of(
            "Cannot use final directory: what is there is not a finished shard (final=%s)"
                .formatted(finalDirectory))
        : List.of();
  }

  private static RolloutShardStatus.Committed committed(ShardEvidence evidence) {
    OwnerSidecar owner = evidence.owner().orElseThrow();
    return new RolloutShardStatus.Committed(
        owner.origin().attemptId(),
        evidence.marker().orElseThrow().ownerSha256(),
        owner.seal().dataSha256(),
        owner.counts(),
        owner.seal().size(),
        owner.timingsMs());
  }

  /** Failure markers whose content does not name the hashes of the entry. */
  private List<String> staleMarkers(RolloutShardEntry entry, CampaignScan.ShardTraces traces) {
    return traces.failedMarkers().stream().filter(name -> !isOf(entry, name)).toList();
  }

  private boolean isOf(RolloutShardEntry entry, String name) {
    StoreLocation file = layout.finalRoot().child(name);
    try {
      Optional<byte[]> bytes = io.read(file);
      return bytes.isPresent()
          && FailureSidecarParser.parse(
                  JsonParser.parseObject(bytes.get(), file.text()), file.text())
              .identity()
              .equals(SidecarIdentity.of(entry));
    } catch (IOException | InvalidContentException e) {
      return false;
    }
  }

  private int unfinishedAttempts(
      RolloutShardEntry entry,
      CampaignScan.ShardTraces traces,
      ShardEvidence evidence,
      List<ShardFinding> findings) {
    Set<String> ended =
        traces.failedMarkers().stream()
            .map(name -> name.replaceFirst("\\.json$", ""))
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .collect(Collectors.toSet());
    if (evidence.isCurrent()) {
      evidence.owner().ifPresent(owner -> ended.add(owner.origin().attemptId()));
    }
    Set<String> started = new TreeSet<>();
    try {
      StoreLocation attempts = layout.attemptsOf(entry.shardId());
      if (traces.mayHaveAttempts()) {
        addStarted(attempts, io.list(attempts), ended, started);
      }
      StoreLocation finalDirectory = layout.finalDirectory(entry.shardId());
      addStarted(
          finalDirectory,
          evidence.listing().isPresent() ? evidence.listing().get() : io.list(finalDirectory),
          ended,
          started);
    } catch (IOException e) {
      findings.add(
          new ShardFinding(
              ShardReason.STORAGE_ERROR, "shard=%s, error=%s".formatted(entry.shardId(), e)));
    }
    return started.size();
  }

  private void addStarted(
      StoreLocation folder, StoreListing listing, Set<String> ended, Set<String> started)
      throws IOException {
    for (StoreEntry child : listing.entries()) {
      if (!child.isFile()
          && !ended.contains(child.name())
          && ShardAttempt.isAttemptId(child.name())
          && io.list(folder.child(child.name())).contains(StartedSidecar.FILE_NAME)) {
        started.add(child.name());
      }
    }
  }

  private List<String> paths(List<String> names) {
    return names.stream().map(name -> layout.finalRoot().child(name).text()).toList();
  }
}
