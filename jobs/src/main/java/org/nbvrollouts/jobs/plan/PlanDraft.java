package org.nbvrollouts.jobs.plan;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardManifestFile;

/** Writes shards to a temporary file while they are planned, then reads it back by every rule. */
final class PlanDraft {
  private PlanDraft() {}

  /** Plans shards. */
  interface Planning {
    void plan(Consumer<RolloutShardEntry> sink);
  }

  /**
   * A checked manifest in a temporary file, which the caller removes.
   *
   * @param name how messages call the manifest
   * @throws org.nbvrollouts.store.error.RefusedInputException if entries break a rule
   */
  static ShardManifestFile write(String name, Planning planning) {
    Path draft = null;
    boolean isSound = false;
    try {
      draft = Files.createTempFile("nbv-plan-", ".jsonl");
      try (BufferedWriter out = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
        planning.plan(entry -> write(entry, out));
      }
      ShardManifestFile manifest = ShardManifestFile.open(draft, name);
      isSound = true;
      return manifest;
    } catch (IOException e) {
      throw failed(draft, e);
    } catch (UncheckedIOException e) {
      throw failed(draft, e.getCause());
    } finally {
      if (draft != null && !isSound) {
        remove(draft);
      }
    }
  }

  private static void write(RolloutShardEntry entry, BufferedWriter out) {
    try {
      out.write(CanonicalJson.line(entry.toJson()));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void remove(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot remove draft of plan: %s (file=%s)".formatted(StorageReason.of(e), draft), e);
    }
  }

  private static EnvironmentException failed(Path draft, IOException failure) {
    return new EnvironmentException(
        "Cannot write draft of plan: %s (file=%s)"
            .formatted(
                StorageReason.of(failure),
                draft == null ? System.getProperty("java.io.tmpdir") : draft),
        failure);
  }
}
