package org.nbvrollouts.store.commit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.ConditionalCreateException;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.CampaignHeaderParser;
import org.nbvrollouts.store.manifest.FailureSidecar;
import org.nbvrollouts.store.manifest.ShardIds;

/**
 * Opens the folders of a campaign before any work: refuses what no campaign wrote, proves that the
 * storage keeps the promises the commit rests on, and leaves a copy of the plan.
 */
public final class CampaignRoot {
  /** Name of the advisory lock of a driver. */
  public static final String LOCK_NAME = "_campaign.lock.json";

  private static final String PROBE_PREFIX = "_probe.";

  private final CampaignLayout layout;
  private final StoreIO io;
  private final Publisher publisher;
  private final CommitPolicy.CommittedBy committedBy;

  /** A root where every attempt commits for itself. */
  public CampaignRoot(CampaignLayout layout, StoreIO io, Publisher publisher) {
    this(layout, io, publisher, CommitPolicy.CommittedBy.ATTEMPT);
  }

  /**
   * @param committedBy what the storage has to promise depends on it
   */
  public CampaignRoot(
      CampaignLayout layout,
      StoreIO io,
      Publisher publisher,
      CommitPolicy.CommittedBy committedBy) {
    this.layout = layout;
    this.io = io;
    this.publisher = publisher;
    this.committedBy = committedBy;
  }

  /**
   * Checks the final root without writing anything.
   *
   * @throws RefusedInputException if it is a file, holds something else, or another campaign
   * @throws EnvironmentException if the storage does not answer
   */
  public void check(CampaignHeader header) {
    StoreLocation root = layout.finalRoot();
    try {
      Optional<byte[]> found = readHeader(root);
      if (found.isPresent()) {
        checkSame(header, found.get());
      } else {
        checkNames(io.list(root));
      }
    } catch (IOException e) {
      throw environment("Cannot read output folder", root, e);
    }
  }

  /** A root that has a header is not listed: it may hold a million shards. */
  private Optional<byte[]> readHeader(StoreLocation root) throws IOException {
    try {
      return io.read(root.child(CampaignHeader.FILE_NAME));
    } catch (IOException e) {
      if (io.list(root).kind() == StoreListing.Kind.FILE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Checks the final root, probes the storage, and writes the copies of the plan.
   *
   * @param manifest writes the shard manifest, if the final root has no copy yet
   * @param probeId unique among running drivers, for the names of probe files
   * @throws RefusedInputException as {@link #check}, or if attempts cannot be renamed into place or
   *     create-if-absent does not refuse a taken name
   * @throws EnvironmentException if a probe cannot be written
   */
  public void open(CampaignHeader header, ManifestText manifest, String probeId) {
    check(header);
    StoreLocation root = layout.finalRoot();
    try {
      if (committedBy == CommitPolicy.CommittedBy.ATTEMPT) {
        probeCreateIfAbsent(root.child(PROBE_PREFIX + probeId));
      } else {
        probeWrite(root.child(PROBE_PREFIX + probeId));
      }
    } catch (ConditionalCreateException e) {
      throw new RefusedInputException(
          "Cannot use output folder: %s; commits would not be safe there (final_root=%s). %s"
              .formatted(
                  e.getMessage(),
                  root,
                  "S3 needs Hadoop 3.4.2 or later and a server that honours If-None-Match; without,"
                      + " add --commit driver"),
          e);
    } catch (IOException e) {
      throw environment("Cannot write to output folder", root, e);
    }
    probeRename(probeId);
    try {
      StoreLocation file = root.child(CampaignHeader.FILE_NAME);
      if (create(file, header.toBytes()) == StoreIO.Creation.EXISTS) {
        check(header);
      }
      copyManifest(root.child(CampaignLayout.MANIFEST_NAME), manifest);
    } catch (IOException e) {
      throw environment("Cannot write the plan", root, e);
    }
  }

  /** Writes a shard manifest, which may be larger than memory. */
  @FunctionalInterface
  public interface ManifestText {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Two drivers of one campaign write the same bytes, so it does not matter who is last. */
  private void copyManifest(StoreLocation copy, ManifestText manifest) throws IOException {
    if (io.modifiedAt(copy).isPresent()) {
      return;
    }
    Path scratch = Files.createTempFile("nbv-rollouts-plan-", ".jsonl");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(scratch))) {
        manifest.writeTo(out);
      }
      io.writeFile(copy, scratch);
    } finally {
      Files.deleteIfExists(scratch);
    }
  }

  /** A driver that is alone needs no storage that refuses a taken name. */
  private StoreIO.Creation create(StoreLocation file, byte[] content) throws IOException {
    if (committedBy == CommitPolicy.CommittedBy.ATTEMPT) {
      return io.createIfAbsent(file, content);
    }
    if (io.read(file).isPresent()) {
      return StoreIO.Creation.EXISTS;
    }
    io.write(file, content);
    return StoreIO.Creation.CREATED;
  }

  private void checkSame(CampaignHeader header, byte[] found) {
    StoreLocation file = layout.finalRoot().child(CampaignHeader.FILE_NAME);
    String id;
    try {
      id = CampaignHeaderParser.parse(found, file.text()).campaignId();
    } catch (InvalidContentException e) {
      throw new RefusedInputException(
          "Cannot use output folder: its campaign header is unreadable (file=" + file + ")", e);
    }
    if (!id.equals(header.campaignId())) {
      throw new RefusedInputException(
          "Cannot use output folder: it belongs to another campaign"
              + " (file=%s, expected=%s, found=%s); choose a new folder"
                  .formatted(file, header.campaignId(), id));
    }
  }

  private void checkNames(StoreListing listing) {
    if (listing.kind() == StoreListing.Kind.FILE) {
      throw new RefusedInputException(
          "Cannot use output folder: it is a file (final_root=" + layout.finalRoot() + ")");
    }
    List<String> foreign =
        listing.entries().stream()
            .map(StoreEntry::name)
            .filter(name -> !isCampaignName(name))
            .limit(5)
            .toList();
    if (!foreign.isEmpty()) {
      throw new RefusedInputException(
          "Cannot use output folder: it holds files of something else"
              + " (final_root=%s, found=%s); choose an empty or new folder"
                  .formatted(layout.finalRoot(), foreign));
    }
  }

  /** Whether a name in a final root is one that campaigns use. */
  public static boolean isCampaignName(String name) {
    return ShardIds.isCanonical(name)
        || FailureSidecar.isFileName(name)
        || CampaignLayout.isDivergentReport(name)
        || name.startsWith(PROBE_PREFIX)
        || StoreFiles.isScratch(name)
        || List.of(
                CampaignHeader.FILE_NAME,
                CampaignLayout.MANIFEST_NAME,
                CampaignLayout.ATTEMPTS_NAME,
                CampaignLayout.RETIRED_NAME,
                LOCK_NAME)
            .contains(name);
  }

  private void probeCreateIfAbsent(StoreLocation probe) throws IOException {
    io.delete(probe);
    StoreIO.Creation first = io.createIfAbsent(probe, probeContent(1));
    // Other content: a call whose reply is lost takes a file with its own content for its own.
    StoreIO.Creation second = io.createIfAbsent(probe, probeContent(2));
    io.delete(probe);
    if (first != StoreIO.Creation.CREATED || second != StoreIO.Creation.EXISTS) {
      throw new RefusedInputException(
          "Cannot use output folder: its storage does not refuse to create a file twice"
              + " (final_root=%s, first=%s, second=%s); commits would not be safe there"
                  .formatted(layout.finalRoot(), first, second));
    }
  }

  private static byte[] probeContent(int call) {
    return ("{\"call\": " + call + "}").getBytes(StandardCharsets.UTF_8);
  }

  private void probeWrite(StoreLocation probe) throws IOException {
    io.write(probe, "{}".getBytes(StandardCharsets.UTF_8));
    io.delete(probe);
  }

  private void probeRename(String probeId) {
    StoreLocation source = layout.attemptsRoot().child(PROBE_PREFIX + probeId);
    StoreLocation target = layout.finalRoot().child(PROBE_PREFIX + probeId + ".renamed");
    try {
      io.write(source.child("file"), new byte[0]);
      try {
        publisher.publish(source, target);
      } catch (AtomicMoveNotSupportedException e) {
        throw new RefusedInputException(
            "Cannot use attempts folder: it is on another file system than the output folder"
                + " (attempts_root=%s, final_root=%s); choose one on the same"
                    .formatted(layout.attemptsRoot(), layout.finalRoot()),
            e);
      } finally {
        io.delete(source);
        io.delete(target);
      }
    } catch (IOException e) {
      throw environment("Cannot write to attempts folder", layout.attemptsRoot(), e);
    }
  }

  private static EnvironmentException environment(
      String what, StoreLocation place, IOException cause) {
    return new EnvironmentException(
        "%s: %s (folder=%s)".formatted(what, StorageReason.of(cause), place), cause);
  }
}
