package org.nbvrollouts.store.source.rollout;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.mesh.MeshFiles;

/**
 * Writes one rollout source v1 (specification source 11.2) into a folder that must be absent or
 * empty. Everything goes into a hidden sibling first and is moved in one step by {@link #finish};
 * closing without finishing leaves nothing behind. The bytes depend only on provenance, meshes and
 * samples. Floating-point values are stored as float32. Not thread-safe.
 */
public final class RolloutSourceWriter implements AutoCloseable {
  /** A footer holds about 4 kB per row group, and who reads one row reads it as a whole. */
  private static final int ROWS_PER_PART = 64;

  private final Path output;
  private final Path draft;
  private final SourceProvenance provenance;
  private final Map<String, MeshReference> meshes = new HashMap<>();
  private final List<RolloutSourceManifest.SourceFile> files = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private final Set<String> scenes = new HashSet<>();
  private final Set<List<String>> snippets = new HashSet<>();
  private final TreeMap<String, Long> splits = new TreeMap<>();
  private long samples;
  private long frames;
  private long points;
  private SampleFileWriter part;
  private boolean finished;

  private RolloutSourceWriter(Path output, Path draft, SourceProvenance provenance) {
    this.output = output;
    this.draft = draft;
    this.provenance = provenance;
  }

  /**
   * Starts a source.
   *
   * @throws RefusedInputException if {@code output} exists and is not an empty folder
   */
  public static RolloutSourceWriter create(Path output, SourceProvenance provenance) {
    Path absolute = output.toAbsolutePath().normalize();
    refuseUnlessFree(absolute);
    try {
      Files.createDirectories(absolute.getParent());
      Path draft = DraftFolder.create(absolute);
      Files.createDirectory(draft.resolve("samples"));
      Files.createDirectory(draft.resolve("meshes"));
      return new RolloutSourceWriter(absolute, draft, provenance);
    } catch (IOException failed) {
      throw environment(absolute, failed);
    }
  }

  /**
   * Refuses a place that is taken, before any work is done for it.
   *
   * @throws RefusedInputException if {@code output} exists and is not an empty folder
   */
  public static void refuseUnlessFree(Path output) {
    if (!Files.exists(output)) {
      return;
    }
    if (Files.isDirectory(output)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(output)) {
        if (!entries.iterator().hasNext()) {
          return;
        }
      } catch (IOException failed) {
        throw environment(output, failed);
      }
    }
    throw new RefusedInputException(
        "Cannot write source: the place is taken (expected an absent or empty folder, output="
            + output
            + "); choose another one or remove it");
  }

  /**
   * Writes a mesh as {@code meshes/<sha256>.ply} unless an equal one is there, and returns the
   * reference that samples carry.
   */
  public MeshReference addMesh(TriangleMesh mesh) {
    Path folder = draft.resolve("meshes");
    Path unnamed = folder.resolve("unnamed.ply");
    try {
      MeshReference reference = MeshFiles.writePly(mesh, unnamed);
      if (meshes.putIfAbsent(reference.sha256(), reference) != null) {
        Files.delete(unnamed);
        return reference;
      }
      String name = reference.sha256() + ".ply";
      files.add(
          new RolloutSourceManifest.SourceFile(
              "meshes/" + name, Files.size(unnamed), reference.sha256(), 0));
      Files.move(unnamed, folder.resolve(name));
      return reference;
    } catch (IOException failed) {
      throw environment(output, failed);
    }
  }

  /**
   * Takes over a PLY file of another source byte by byte, so that the mesh keeps its identity, and
   * returns the reference that samples carry.
   */
  public MeshReference copyMesh(Path ply) {
    TriangleMesh mesh = MeshFiles.load(ply);
    String sha256 = MeshFiles.sha256(ply);
    MeshReference reference = new MeshReference(sha256, mesh.vertexCount(), mesh.faceCount());
    if (meshes.putIfAbsent(sha256, reference) != null) {
      return reference;
    }
    try {
      String path = "meshes/" + sha256 + ".ply";
      Path copy = Files.copy(ply, draft.resolve(path));
      files.add(
          new RolloutSourceManifest.SourceFile(path, Files.size(copy), MeshFiles.sha256(copy), 0));
      return reference;
    } catch (IOException failed) {
      throw environment(output, failed);
    }
  }

  /**
   * Appends one row. Indices must ascend from 0 without a gap; the mesh must have been added; a
   * repeated sample key or (scene, snippet) pair is refused (rule S-2). Padding box rows are left
   * out (rule S-3).
   *
   * @return the identity as stored; an empty {@code sourceShardId} is replaced by the Parquet part
   *     and row that hold the sample
   * @throws IllegalArgumentException naming the rule that the sample breaks
   */
  public SampleIdentity addSample(SourceSample sample) {
    SampleIdentity identity = stored(sample.identity());
    check(identity, sample.oracle().mesh());
    try {
      if (part == null) {
        part = new SampleFileWriter(draft.resolve(partPath()));
      }
      part.write(
          SourceRowEncoder.encode(new SourceSample(identity, sample.actor(), sample.oracle())));
      samples++;
      frames += sample.actor().trajectory().size();
      points += sample.actor().points().pointsWorld().size();
      splits.merge(identity.split(), 1L, Long::sum);
      scenes.add(identity.sceneId());
      if (samples % ROWS_PER_PART == 0) {
        closePart();
      }
    } catch (IOException failed) {
      throw environment(output, failed);
    }
    return identity;
  }

  private SampleIdentity stored(SampleIdentity identity) {
    if (!identity.sourceShardId().isEmpty()) {
      return identity;
    }
    return new SampleIdentity(
        identity.sampleIndex(),
        identity.sampleKey(),
        identity.sceneId(),
        identity.snippetId(),
        identity.split(),
        partName(samples / ROWS_PER_PART),
        samples % ROWS_PER_PART);
  }

  private void check(SampleIdentity identity, MeshReference mesh) {
    if (identity.sampleIndex() != samples) {
      throw invalid(identity, "sample_index", "the next index, " + samples);
    }
    if (!meshes.containsKey(mesh.sha256())) {
      throw invalid(identity, "mesh " + mesh.sha256(), "a mesh that was added before");
    }
    for (String text :
        List.of(
            identity.sampleKey(),
            identity.sceneId(),
            identity.snippetId(),
            identity.split(),
            identity.sourceShardId())) {
      if (!SourceIdentifiers.isValid(text)) {
        throw invalid(identity, "identifier " + text, SourceIdentifiers.RULE);
      }
    }
    if (!keys.add(identity.sampleKey())
        || !snippets.add(List.of(identity.sceneId(), identity.snippetId()))) {
      throw invalid(identity, "repeated sample", "every key and every (scene, snippet) pair once");
    }
  }

  private static IllegalArgumentException invalid(
      SampleIdentity identity, String what, String rule) {
    return new IllegalArgumentException(
        "Invalid sample: " + what + " (expected " + rule + ", sample=" + identity + ")");
  }

  private String partPath() {
    return "samples/" + partName(samples / ROWS_PER_PART) + ".parquet";
  }

  private static String partName(long index) {
    return String.format(Locale.ROOT, "part-%05d", index);
  }

  private void closePart() throws IOException {
    if (part == null) {
      return;
    }
    long index = (samples - 1) / ROWS_PER_PART;
    part.close();
    part = null;
    String path = "samples/" + partName(index) + ".parquet";
    Path file = draft.resolve(path);
    files.add(
        new RolloutSourceManifest.SourceFile(
            path, Files.size(file), MeshFiles.sha256(file), samples - index * ROWS_PER_PART));
  }

  /**
   * Writes the manifest and moves the source to its place.
   *
   * @return the source manifest hash, 16 hex digits (specification source 9.2)
   */
  public String finish() {
    try {
      closePart();
      files.sort(Comparator.comparing(RolloutSourceManifest.SourceFile::path));
      byte[] manifest =
          new RolloutSourceManifest(
                  provenance, samples, scenes.size(), frames, points, splits, files)
              .toJson();
      Files.write(draft.resolve(RolloutSourceManifest.FILE_NAME), manifest);
      refuseUnlessFree(output);
      Files.deleteIfExists(output);
      Files.move(draft, output, StandardCopyOption.ATOMIC_MOVE);
      finished = true;
      return RolloutSourceManifest.hash(manifest);
    } catch (IOException failed) {
      throw environment(output, failed);
    }
  }

  /** Removes the unfinished source, if {@link #finish} has not been called. */
  @Override
  public void close() {
    if (finished) {
      return;
    }
    try {
      if (part != null) {
        part.close();
        part = null;
      }
    } catch (IOException failed) {
      throw environment(output, failed);
    } finally {
      DraftFolder.delete(draft);
    }
  }

  private static EnvironmentException environment(Path output, IOException failed) {
    return new EnvironmentException(
        "Cannot write source: " + StorageReason.of(failed) + " (output=" + output + ")", failed);
  }
}
