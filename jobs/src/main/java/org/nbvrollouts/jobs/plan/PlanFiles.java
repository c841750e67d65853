package org.nbvrollouts.jobs.plan;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.CampaignHeaderParser;
import org.nbvrollouts.store.manifest.ShardManifest;
import org.nbvrollouts.store.manifest.ShardManifestFile;

/** A plan on disk: the shard manifest and {@code campaign.json} beside it. */
public final class PlanFiles {
  private static final StoreIO IO = new LocalStoreIO(Durability.FORCED);

  private PlanFiles() {}

  /** What {@link #write} found. */
  public enum Written {
    /** Nothing stood there. */
    CREATED,
    /** The same plan stood there and was left alone. */
    UNCHANGED
  }

  /**
   * Writes a plan. The same plan again changes nothing; another plan is never overwritten, because
   * shards may already have been built from it.
   *
   * @throws RefusedInputException if another file stands there
   */
  public static Written write(PlannedCampaign plan, Path manifestFile) {
    Path header = headerOf(manifestFile);
    try {
      boolean isThere = Files.exists(manifestFile, LinkOption.NOFOLLOW_LINKS);
      if (isThere && Files.mismatch(manifestFile, plan.manifest().file()) >= 0) {
        throw new RefusedInputException(
            "Cannot write plan: another plan stands there (file="
                + manifestFile
                + "). Choose another file, or remove it if nothing was built from it");
      }
      Optional<CampaignHeader> foundHeader = readHeader(manifestFile);
      if (foundHeader.isPresent()) {
        if (!describes(foundHeader.get(), plan.manifest())) {
          throw new RefusedInputException(
              "Cannot write plan: the folder holds the header of another plan (file="
                  + header
                  + "). Choose another folder");
        }
        if (isThere) {
          return Written.UNCHANGED;
        }
      }
      IO.write(StoreLocation.of(header), plan.header().toBytes());
      IO.writeFile(StoreLocation.of(manifestFile), plan.manifest().file());
      return Written.CREATED;
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write plan: " + StorageReason.of(e) + " (file=" + manifestFile + ")", e);
    }
  }

  /** Writes a plan in the form its copy in a final root has, line by line. */
  public static void write(ShardManifestFile plan, OutputStream out) throws IOException {
    for (ShardManifest.Line line : plan.lines()) {
      out.write(line.text().getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    }
  }

  /** The header beside a manifest, if there is one. */
  public static Optional<CampaignHeader> readHeader(Path manifestFile) {
    Path header = headerOf(manifestFile);
    return Files.exists(header)
        ? Optional.of(CampaignHeaderParser.parse(read(header), header.toString()))
        : Optional.empty();
  }

  /** Whether a header is that of a plan. */
  static boolean describes(CampaignHeader header, ShardManifestFile plan) {
    return header.plan().manifestSha256Bytes().equals(plan.sha256());
  }

  /** Where the header of a manifest lies. */
  static Path headerOf(Path manifestFile) {
    return manifestFile.toAbsolutePath().resolveSibling(CampaignHeader.FILE_NAME);
  }

  private static byte[] read(Path file) {
    try {
      return IO.read(StoreLocation.of(file))
          .orElseThrow(
              () ->
                  new RefusedInputException("Cannot read plan: no such file (file=" + file + ")"));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read plan: " + StorageReason.of(e) + " (file=" + file + ")", e);
    }
  }
}
