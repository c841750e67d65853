package org.nbvrollouts.store.commit;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/** What was found at a final directory, and why it does not count, if it does not. */
public final class ShardEvidence {

  /** What stands at the final directory. */
  public enum Presence {
    ABSENT,
    /** Private attempts of pointer publish, none of them committed. */
    ATTEMPTS_ONLY,
    EMPTY,
    NOT_A_DIRECTORY,
    /** Something without a commit marker. */
    UNCOMMITTED,
    /** A commit marker, believable or not. */
    MARKED,
    /** The storage gave no answer. */
    UNKNOWN
  }

  private final Presence presence;
  private final List<ShardFinding> findings;
  private final OwnerSidecar owner;
  private final SuccessSidecar marker;
  private final StoreListing listing;

  ShardEvidence(
      Presence presence,
      List<ShardFinding> findings,
      OwnerSidecar owner,
      SuccessSidecar marker,
      StoreListing listing) {
    this.presence = presence;
    this.findings = List.copyOf(findings);
    this.owner = owner;
    this.marker = marker;
    this.listing = listing;
  }

  public Presence presence() {
    return presence;
  }

  /** Reasons and warnings in the order of the checks. */
  public List<ShardFinding> findings() {
    return findings;
  }

  /** Findings that are more than a warning. */
  List<ShardFinding> blocking() {
    return findings.stream().filter(finding -> !finding.reason().isWarning()).toList();
  }

  /** Whether nothing speaks against what was checked. */
  boolean isClean() {
    return blocking().isEmpty();
  }

  /** Whether the shard is finished, at the level that was asked for. */
  public boolean isCurrent() {
    return presence == Presence.MARKED && isClean();
  }

  /** The owner sidecar, if it could be read. */
  public Optional<OwnerSidecar> owner() {
    return Optional.ofNullable(owner);
  }

  /** The marker: the one found, or the one that would complete a published store. */
  public Optional<SuccessSidecar> marker() {
    return Optional.ofNullable(marker);
  }

  /** The final directory as it was listed; empty if the storage gave no answer. */
  public Optional<StoreListing> listing() {
    return Optional.ofNullable(listing);
  }

  /** Whether a reason was found. */
  public boolean has(ShardReason reason) {
    return findings.stream().anyMatch(finding -> finding.reason() == reason);
  }
}
