package org.nbvrollouts.store.source.rollout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * What {@code manifest.json} of a rollout source says (specification source 11.2): counts, a hash
 * per file, provenance, and the statement of frames and units. No clock, host or path.
 *
 * @param samples rows in all sample files
 * @param scenes distinct scene ids
 * @param frames trajectory poses over all rows
 * @param points semidense points over all rows
 * @param splits rows per split
 * @param files every other file of the source, sorted by path
 */
public record RolloutSourceManifest(
    SourceProvenance provenance,
    long samples,
    long scenes,
    long frames,
    long points,
    SortedMap<String, Long> splits,
    List<SourceFile> files) {
  /** Name of the format in the manifest. */
  public static final String FORMAT = "nbv-rollout-source";

  /** The version that is written and read (rule S-1). */
  public static final long VERSION = 1;

  /** Name of the manifest file. */
  public static final String FILE_NAME = "manifest.json";

  static final Map<String, Object> CONVENTIONS =
      Map.of(
          "units", "metres, nanoseconds, pixels with centres at integers",
          "world", "z up, gravity along -z",
          "rig", "x down, y left, z forward",
          "pose", "row-major rotation, then translation; maps the frame named last into the first",
          "camera", "u grows along +x, v along +y of the calibration camera, z forward");

  public RolloutSourceManifest {
    splits = Collections.unmodifiableSortedMap(new TreeMap<>(splits));
    files = List.copyOf(files);
  }

  /**
   * One file of the source.
   *
   * @param path relative path with forward slashes
   * @param sha256 64 lower-case hex digits over its bytes
   * @param rows rows of a sample file, 0 for a mesh
   */
  public record SourceFile(String path, long bytes, String sha256, long rows) {
    /** True for {@code samples/part-*.parquet}. */
    public boolean isSampleFile() {
      return path.startsWith("samples/");
    }

    /** True for {@code meshes/<sha256>.ply}. */
    public boolean isMesh() {
      return path.startsWith("meshes/");
    }
  }

  /** Sample files in row order. */
  public List<SourceFile> sampleFiles() {
    return files.stream().filter(SourceFile::isSampleFile).toList();
  }

  /** Mesh files by hash. */
  public List<SourceFile> meshes() {
    return files.stream().filter(SourceFile::isMesh).toList();
  }

  /** The bytes of the file: indented JSON with sorted keys. */
  public byte[] toJson() {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("samples", samples);
    counts.put("scenes", scenes);
    counts.put("frames", frames);
    counts.put("points", points);
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("origin", provenance.origin());
    origin.put("split_policy", provenance.splitPolicy());
    origin.put("facts", provenance.facts());
    List<Object> entries = new ArrayList<>();
    for (SourceFile file : files) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("path", file.path());
      entry.put("bytes", file.bytes());
      entry.put("sha256", file.sha256());
      if (file.isSampleFile()) {
        entry.put("rows", file.rows());
      }
      entries.add(entry);
    }
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("version", VERSION);
    root.put("conventions", CONVENTIONS);
    root.put("counts", counts);
    root.put("splits", splits);
    root.put("provenance", origin);
    root.put("files", entries);
    return CanonicalJson.pretty(root).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The source manifest hash of specification source 9.2: the first 16 hex digits of SHA-256.
   *
   * @param manifest bytes of {@code manifest.json}
   */
  static String hash(byte[] manifest) {
    return CanonicalJson.sha256Hex(manifest).substring(0, 16);
  }
}
