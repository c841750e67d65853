package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.commit.ShardEvidence.Presence;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.IrregularFileException;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/**
 * The check that a shard is finished (specification campaign 5.2). Bad content gives reasons and
 * never an exception; a storage that does not answer gives the reason {@code storage_error}.
 */
public final class ShardVerifier {
  private final StoreIO io;
  private final StoreInspection inspection;

  public ShardVerifier(StoreIO io, StoreInspection inspection) {
    this.io = io;
    this.inspection = inspection;
  }

  /** Checks the final directory of an entry; it is finished if the evidence is current. */
  public ShardEvidence verify(
      RolloutShardEntry entry, StoreLocation finalDirectory, VerifyLevel level) {
    try {
      StoreListing listing = io.list(finalDirectory);
      Presence presence = presenceOf(listing);
      if (presence != Presence.MARKED) {
        return new ShardEvidence(
            presence, unmarked(presence, listing, finalDirectory), null, null, listing);
      }
      ShardCheck check = new ShardCheck(io, entry, finalDirectory, listing);
      Optional<byte[]> marker;
      try {
        marker = io.read(finalDirectory.child(SuccessSidecar.FILE_NAME));
      } catch (IrregularFileException e) {
        check.add(ShardReason.MARKER_UNREADABLE, StorageReason.withFile(e));
        return check.evidence(Presence.MARKED);
      }
      if (marker.isEmpty()) {
        check.add(ShardReason.NO_MARKER, markerOf(finalDirectory));
        return check.evidence(Presence.UNCOMMITTED);
      }
      check.checkMarker(marker.get());
      checkStore(check, level);
      return check.evidence(Presence.MARKED);
    } catch (IOException e) {
      return unknown(finalDirectory, e);
    }
  }

  /**
   * Checks a store that was published by rename but not committed. Clean evidence carries the
   * marker that completes its commit.
   */
  ShardEvidence verifyPublished(RolloutShardEntry entry, StoreLocation finalDirectory) {
    try {
      ShardCheck check = new ShardCheck(io, entry, finalDirectory, io.list(finalDirectory));
      check.checkPublishedOwner();
      checkStore(check, VerifyLevel.FILES);
      return check.evidence(Presence.UNCOMMITTED);
    } catch (IOException e) {
      return unknown(finalDirectory, e);
    }
  }

  private void checkStore(ShardCheck check, VerifyLevel level) throws IOException {
    if (level == VerifyLevel.MARKER || !check.hasOwner()) {
      return;
    }
    check.checkFiles();
    check.checkStoreManifest();
    if (level == VerifyLevel.FULL) {
      check.checkContent(inspection);
    }
  }

  private static Presence presenceOf(StoreListing listing) {
    return switch (listing.kind()) {
      case ABSENT -> Presence.ABSENT;
      case FILE, LINK -> Presence.NOT_A_DIRECTORY;
      case FOLDER -> {
        if (listing.contains(SuccessSidecar.FILE_NAME)) {
          yield Presence.MARKED;
        }
        if (listing.entries().isEmpty()) {
          yield Presence.EMPTY;
        }
        boolean attemptsOnly =
            listing.entries().stream()
                .allMatch(
                    entry ->
                        StoreFiles.isScratch(entry.name())
                            || (entry.isFolder() && ShardAttempt.isAttemptId(entry.name())));
        yield attemptsOnly ? Presence.ATTEMPTS_ONLY : Presence.UNCOMMITTED;
      }
    };
  }

  private static List<ShardFinding> unmarked(
      Presence presence, StoreListing listing, StoreLocation finalDirectory) {
    String place = "final=" + finalDirectory;
    return switch (presence) {
      case NOT_A_DIRECTORY -> List.of(new ShardFinding(ShardReason.NOT_A_DIRECTORY, place));
      case EMPTY -> List.of(new ShardFinding(ShardReason.EMPTY_FINAL, place));
      case UNCOMMITTED ->
          listing.contains(OwnerSidecar.FILE_NAME)
              ? List.of(new ShardFinding(ShardReason.NO_MARKER, markerOf(finalDirectory)))
              : List.of(
                  new ShardFinding(ShardReason.NO_MARKER, markerOf(finalDirectory)),
                  new ShardFinding(ShardReason.NO_OWNER, place));
      case ABSENT, ATTEMPTS_ONLY, MARKED, UNKNOWN -> List.of();
    };
  }

  private static String markerOf(StoreLocation finalDirectory) {
    return "marker=" + finalDirectory.child(SuccessSidecar.FILE_NAME);
  }

  private static ShardEvidence unknown(StoreLocation finalDirectory, IOException failure) {
    ShardFinding finding =
        new ShardFinding(
            ShardReason.STORAGE_ERROR,
            "final=%s, error=%s".formatted(finalDirectory, StorageReason.withFile(failure)));
    return new ShardEvidence(Presence.UNKNOWN, List.of(finding), null, null, null);
  }
}
