package org.nbvrollouts.store.source.rollout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.source.InputProblems;

/** Reads {@code manifest.json} of a rollout source and checks everything it says about itself. */
final class RolloutSourceManifestParser {
  private static final String PATHS = "samples/part-[0-9]{5}\\.parquet|meshes/[0-9a-f]{64}\\.ply";

  private final String file;
  private final InputProblems problems = new InputProblems();

  private RolloutSourceManifestParser(String file) {
    this.file = file;
  }

  /**
   * Parses a manifest.
   *
   * @param file name for messages
   * @throws RefusedInputException listing every problem
   */
  static RolloutSourceManifest parse(byte[] json, String file) {
    Map<String, Object> root;
    try {
      root = JsonParser.parseObject(json, file);
    } catch (NbvException broken) {
      throw new RefusedInputException(broken.getMessage(), broken);
    }
    return new RolloutSourceManifestParser(file).parse(root);
  }

  private RolloutSourceManifest parse(Map<String, Object> root) {
    if (!RolloutSourceManifest.FORMAT.equals(root.get("format"))) {
      throw new RefusedInputException(
          "Invalid source manifest: format "
              + root.get("format")
              + " (expected "
              + RolloutSourceManifest.FORMAT
              + ", file="
              + file
              + ")");
    }
    if (!(root.get("version") instanceof Long version)
        || version != RolloutSourceManifest.VERSION) {
      throw new RefusedInputException(
          "Invalid source manifest: version "
              + root.get("version")
              + " (expected "
              + RolloutSourceManifest.VERSION
              + ", the only supported one, file="
              + file
              + ")");
    }
    Map<?, ?> counts = object(root, "counts");
    RolloutSourceManifest manifest =
        new RolloutSourceManifest(
            provenance(object(root, "provenance")),
            count(counts, "samples"),
            count(counts, "scenes"),
            count(counts, "frames"),
            count(counts, "points"),
            splits(object(root, "splits")),
            files(root.get("files")));
    problems.refuseIfAny();
    checkCounts(manifest);
    problems.refuseIfAny();
    return manifest;
  }

  private SourceProvenance provenance(Map<?, ?> values) {
    Map<String, String> facts = new TreeMap<>();
    object(values, "facts")
        .forEach((key, value) -> facts.put((String) key, text("facts." + key, value)));
    String origin = text("origin", values.get("origin"));
    String policy = text("split_policy", values.get("split_policy"));
    return new SourceProvenance(
        origin.isEmpty() ? "?" : origin, policy.isEmpty() ? "?" : policy, facts);
  }

  private SortedMap<String, Long> splits(Map<?, ?> values) {
    TreeMap<String, Long> splits = new TreeMap<>();
    values.forEach((name, rows) -> splits.put((String) name, count(values, (String) name)));
    return splits;
  }

  private List<RolloutSourceManifest.SourceFile> files(Object value) {
    List<RolloutSourceManifest.SourceFile> files = new ArrayList<>();
    if (!(value instanceof List<?> entries)) {
      problems.add("Invalid source manifest: files (expected a list, file=" + file + ")");
      return files;
    }
    Set<String> seen = new HashSet<>();
    for (Object entry : entries) {
      if (!(entry instanceof Map<?, ?> fields)) {
        problems.add("Invalid source manifest: file entry (expected an object, file=" + file + ")");
        continue;
      }
      String path = text("path", fields.get("path"));
      String sha256 = text("sha256", fields.get("sha256"));
      if (!path.matches(PATHS) || !seen.add(path)) {
        problems.add(
            "Invalid source manifest: path "
                + path
                + " (expected samples/part-<5 digits>.parquet or meshes/<sha256>.ply, each once,"
                + " file="
                + file
                + ")");
        continue;
      }
      if (!sha256.matches("[0-9a-f]{64}")
          || (path.startsWith("meshes/") && !path.equals("meshes/" + sha256 + ".ply"))) {
        problems.add(
            "Invalid source manifest: sha256 "
                + sha256
                + " of "
                + path
                + " (expected 64 lower-case hex digits, for a mesh those of its name, file="
                + file
                + ")");
      }
      files.add(
          new RolloutSourceManifest.SourceFile(
              path,
              count(fields, "bytes"),
              sha256,
              path.startsWith("samples/") ? count(fields, "rows") : 0));
    }
    return files;
  }

  private void checkCounts(RolloutSourceManifest manifest) {
    long rows = manifest.files().stream().mapToLong(RolloutSourceManifest.SourceFile::rows).sum();
    long split = manifest.splits().values().stream().mapToLong(Long::longValue).sum();
    if (rows != manifest.samples() || split != manifest.samples()) {
      problems.add(
          "Invalid source manifest: "
              + manifest.samples()
              + " samples (expected the "
              + rows
              + " rows of its files and the "
              + split
              + " of its splits, file="
              + file
              + ")");
    }
  }

  private Map<?, ?> object(Map<?, ?> parent, String key) {
    if (parent.get(key) instanceof Map<?, ?> child) {
      return child;
    }
    problems.add("Invalid source manifest: " + key + " (expected an object, file=" + file + ")");
    return Map.of();
  }

  private long count(Map<?, ?> parent, String key) {
    if (parent.get(key) instanceof Long value && value >= 0) {
      return value;
    }
    problems.add(
        "Invalid source manifest: "
            + key
            + "="
            + parent.get(key)
            + " (expected an integer of 0 or more, file="
            + file
            + ")");
    return 0;
  }

  private String text(String key, Object value) {
    if (value instanceof String text) {
      return text;
    }
    problems.add(
        "Invalid source manifest: " + key + "=" + value + " (expected a text, file=" + file + ")");
    return "";
  }
}
