package org.nbvrollouts.store.source.rollout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.DocumentFile;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.mesh.MeshFiles;

/**
 * Reads a rollout source v1 (specification source 11.2). Opening reads the manifest and the
 * identity columns; a sample costs one row group. Files are read through {@code java.nio} alone.
 * Immutable and thread-safe; never writes (rule S-13).
 */
public final class RolloutSourceReader {
  /** {@code source_cache_version} of every rollout source v1 (specification source 9.2). */
  public static final String SOURCE_CACHE_VERSION = "rollout-source-v1";

  private final Path directory;
  private final RolloutSourceManifest manifest;
  private final String manifestHash;
  private final SampleIndex index;
  private final Map<Long, SampleIndex.Entry> entries;
  private final List<SampleIdentity> identities;

  private RolloutSourceReader(
      Path directory, RolloutSourceManifest manifest, String manifestHash, SampleIndex index) {
    this.directory = directory;
    this.manifest = manifest;
    this.manifestHash = manifestHash;
    this.index = index;
    this.entries = new HashMap<>();
    index.entries().forEach(entry -> entries.put(entry.identity().sampleIndex(), entry));
    this.identities = index.entries().stream().map(SampleIndex.Entry::identity).toList();
  }

  /**
   * Opens a source folder.
   *
   * @throws RefusedInputException if the manifest, the files or the identities break a rule (S-1,
   *     S-2, S-10); all problems are listed, one per line
   */
  public static RolloutSourceReader open(Path directory) {
    return open(directory, LocalInputFile::new);
  }

  static RolloutSourceReader open(Path directory, Function<Path, InputFile> inputs) {
    InputProblems problems = new InputProblems();
    RolloutSourceReader reader = open(directory, inputs, problems);
    problems.refuseIfAny();
    return reader;
  }

  /**
   * Opens what can be read of a source folder.
   *
   * @param problems takes what is wrong with the files and identities
   * @throws RefusedInputException if the manifest breaks a rule
   */
  static RolloutSourceReader openReadable(Path directory, InputProblems problems) {
    return open(directory, LocalInputFile::new, problems);
  }

  private static RolloutSourceReader open(
      Path directory, Function<Path, InputFile> inputs, InputProblems problems) {
    byte[] bytes = readManifest(directory);
    RolloutSourceManifest manifest = parseManifest(bytes, directory);
    SampleIndex index = SampleIndex.read(directory, manifest, inputs, problems);
    return new RolloutSourceReader(directory, manifest, RolloutSourceManifest.hash(bytes), index);
  }

  /**
   * The hash of a source without a look into its files: they are there in their sizes.
   *
   * @throws RefusedInputException if one is not, or the manifest breaks a rule
   */
  public static String findSourceManifestHash(Path directory) {
    InputProblems problems = new InputProblems();
    byte[] bytes = readManifest(directory);
    RolloutSourceManifest manifest = parseManifest(bytes, directory);
    new SampleScan(directory, manifest, LocalInputFile::new, problems).checkSizes();
    problems.refuseIfAny();
    return RolloutSourceManifest.hash(bytes);
  }

  static RolloutSourceManifest parseManifest(byte[] utf8, Path directory) {
    Path file = directory.resolve(RolloutSourceManifest.FILE_NAME);
    return RolloutSourceManifestParser.parse(utf8, file.toString());
  }

  static byte[] readManifest(Path directory) {
    Path file = directory.resolve(RolloutSourceManifest.FILE_NAME);
    if (Files.isDirectory(file)) {
      throw new RefusedInputException(
          "Cannot open source: its manifest is a folder (expected a file, file=" + file + ")");
    }
    try {
      return DocumentFile.read(file, DocumentFile.LIST);
    } catch (NoSuchFileException missing) {
      throw new RefusedInputException(
          "Cannot open source: no manifest.json (expected a folder of rollout source v1, folder="
              + directory
              + ")",
          missing);
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot open source: " + StorageReason.of(failed) + " (file=" + file + ")", failed);
    }
  }

  /** All identities by ascending {@code sampleIndex}. */
  public List<SampleIdentity> identities() {
    return identities;
  }

  /** What was found on opening. */
  SampleIndex index() {
    return index;
  }

  /** Mesh of a sample, known without loading the sample. */
  MeshReference meshReference(long sampleIndex) {
    return entry(sampleIndex).mesh();
  }

  /**
   * Loads one sample and verifies its {@code row_sha256}. Reads only the row group of that sample.
   *
   * @throws RefusedInputException if there is no such sample or its content is not what was written
   */
  public SourceSample load(long sampleIndex) {
    SampleIndex.Entry entry = entry(sampleIndex);
    return load(entry.file(), entry.row());
  }

  /** Loads one row and verifies its {@code row_sha256}. */
  static SourceSample load(SampleFileReader file, int rowInFile) {
    SourceRow row = file.read(rowInFile);
    String place = file.place(rowInFile);
    if (!row.has(SourceColumn.ROW_SHA256)
        || !row.text(SourceColumn.ROW_SHA256).equals(row.sha256())) {
      throw new RefusedInputException(
          "Cannot load sample: content differs from its row_sha256 (expected="
              + (row.has(SourceColumn.ROW_SHA256) ? row.text(SourceColumn.ROW_SHA256) : "none")
              + ", actual="
              + row.sha256()
              + ", "
              + place
              + ")");
    }
    return SourceRowDecoder.decode(row, place);
  }

  private SampleIndex.Entry entry(long sampleIndex) {
    SampleIndex.Entry entry = entries.get(sampleIndex);
    if (entry == null) {
      throw noSuchIndex(sampleIndex, identities.size(), directory);
    }
    return entry;
  }

  static RefusedInputException noSuchIndex(long sampleIndex, long samples, Path directory) {
    return new RefusedInputException(
        "Cannot load sample: no such index (sample_index="
            + sampleIndex
            + ", samples="
            + samples
            + ", folder="
            + directory
            + ")");
  }

  /**
   * Loads a mesh and verifies that the bytes of its file have this SHA-256.
   *
   * @param sha256 64 lower-case hex digits, as {@link MeshReference#sha256()} of a sample
   * @throws RefusedInputException if the source has no such mesh or its file was changed
   */
  public TriangleMesh loadMesh(String sha256) {
    boolean listed = manifest.meshes().stream().anyMatch(mesh -> mesh.sha256().equals(sha256));
    return loadMesh(directory, sha256, listed);
  }

  /**
   * As {@link #loadMesh(String)}.
   *
   * @param listed whether the manifest has such a mesh
   */
  static TriangleMesh loadMesh(Path directory, String sha256, boolean listed) {
    if (!listed) {
      throw new RefusedInputException(
          "Cannot load mesh: the source has none of this hash (sha256="
              + sha256
              + ", folder="
              + directory
              + ")");
    }
    Path file = directory.resolve("meshes/" + sha256 + ".ply");
    String actual = MeshFiles.sha256(file);
    if (!actual.equals(sha256)) {
      throw new RefusedInputException(
          "Cannot load mesh: content differs from its name (expected="
              + sha256
              + ", actual="
              + actual
              + ", file="
              + file
              + ")");
    }
    return MeshFiles.load(file);
  }

  /**
   * The PLY file of a mesh, whose bytes have been compared with its name.
   *
   * @throws RefusedInputException as {@link #loadMesh}
   */
  public Path meshFile(String sha256) {
    loadMesh(sha256);
    return directory.resolve("meshes/" + sha256 + ".ply");
  }

  public RolloutSourceManifest manifest() {
    return manifest;
  }

  /**
   * First 16 hex digits of the SHA-256 over the bytes of {@code manifest.json} (specification
   * source 9.2).
   */
  public String sourceManifestHash() {
    return manifestHash;
  }

  /** Always {@link #SOURCE_CACHE_VERSION}. */
  public String sourceCacheVersion() {
    return SOURCE_CACHE_VERSION;
  }
}
