package org.nbvrollouts.store.source.vin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.source.InputProblems;

/** Reads {@code manifest.json} of a VIN offline store and checks all it says about itself. */
final class VinManifestParser {
  private static final Pattern SHARD_ID = Pattern.compile("shard-[0-9]{6}");
  private static final Pattern BLOCK = Pattern.compile("[0-9A-Za-z_]+(?:[./][0-9A-Za-z_]+)*");
  private static final Set<ElementType> TYPES =
      Set.of(ElementType.FLOAT32, ElementType.INT64, ElementType.BOOL);
  private static final int MAX_RANK = 8;
  private static final String UNKNOWN_POLICY = "unknown";

  private final String file;
  private final InputProblems problems;

  private VinManifestParser(String file, InputProblems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * Parses a manifest.
   *
   * @param file name for messages
   * @param problems receives everything that is wrong with it
   * @throws RefusedInputException if it is no JSON object or of another version (rule S-1)
   */
  static VinManifest parse(byte[] json, String file, InputProblems problems) {
    Map<String, Object> root;
    try {
      root = JsonParser.parseObject(json, file);
    } catch (NbvException broken) {
      throw new RefusedInputException(broken.getMessage(), broken);
    }
    return new VinManifestParser(file, problems).parse(json, root);
  }

  private VinManifest parse(byte[] json, Map<String, Object> root) {
    if (!(root.get("version") instanceof Long version)
        || !VinManifest.SUPPORTED_VERSIONS.contains(version)) {
      throw new RefusedInputException(
          "Cannot open VIN store: version %s (expected one of the supported versions %s, file=%s)"
              .formatted(root.get("version"), VinManifest.SUPPORTED_VERSIONS, file));
    }
    byte[] again = CanonicalJson.msgspec(root).getBytes(StandardCharsets.UTF_8);
    return new VinManifest(
        version,
        VinManifest.hash(json),
        Arrays.equals(json, again),
        policy(object(root, "provenance")),
        stats(object(root, "stats")),
        shards(root.get("shards")));
  }

  private static String policy(Map<?, ?> provenance) {
    return provenance.get("split_policy") instanceof String text && !text.isEmpty()
        ? text
        : UNKNOWN_POLICY;
  }

  private VinManifest.Stats stats(Map<?, ?> stats) {
    Object interrupted = stats.get("interrupted");
    if (interrupted != null && !(interrupted instanceof Boolean)) {
      add("stats.interrupted: " + interrupted, "true or false");
    }
    return new VinManifest.Stats(
        count(stats, "num_samples"),
        count(stats, "num_shards"),
        count(stats, "num_train"),
        count(stats, "num_val"),
        Boolean.TRUE.equals(interrupted));
  }

  private OptionalLong count(Map<?, ?> stats, String key) {
    Object value = stats.get(key);
    if (value == null) {
      return OptionalLong.empty();
    }
    if (value instanceof Long number && number >= 0) {
      return OptionalLong.of(number);
    }
    add("stats." + key + ": " + value, "an integer of 0 or more");
    return OptionalLong.empty();
  }

  private List<VinShard> shards(Object value) {
    List<VinShard> shards = new ArrayList<>();
    if (!(value instanceof List<?> entries)) {
      add("shards: " + shown(value), "a list");
      return shards;
    }
    Set<String> ids = new HashSet<>();
    long rowStart = 0;
    for (int i = 0; i < entries.size(); i++) {
      Optional<VinShard> shard = shard(entries.get(i), "shards[" + i + "]", rowStart);
      if (shard.isPresent()) {
        rowStart += shard.get().numRows();
        shards.add(shard.get());
        if (!ids.add(shard.get().shardId())) {
          add("shards[" + i + "]: repeated " + shard.get().shardId(), "each shard once");
        }
      }
    }
    return shards;
  }

  private Optional<VinShard> shard(Object value, String place, long rowStart) {
    if (!(value instanceof Map<?, ?> fields)) {
      add(place + ": " + shown(value), "an object");
      return Optional.empty();
    }
    String id = String.valueOf(fields.get("shard_id"));
    if (!SHARD_ID.matcher(id).matches()) {
      add(place + ".shard_id: " + shown(id), "shard- and six digits");
      return Optional.empty();
    }
    if (!VinShard.relativeDir(id).equals(fields.get("relative_dir"))) {
      add(
          place + ".relative_dir: " + shown(fields.get("relative_dir")),
          VinShard.relativeDir(id) + ", shard=" + id);
    }
    if (!(fields.get("num_rows") instanceof Long rows) || rows < 0 || rows > Integer.MAX_VALUE) {
      add(place + ".num_rows: " + shown(fields.get("num_rows")), "a count of rows, shard=" + id);
      return Optional.empty();
    }
    if (!Long.valueOf(rowStart).equals(fields.get("row_start"))) {
      add(
          place + ".row_start: " + shown(fields.get("row_start")),
          rowStart + ", the rows of the shards before, shard=" + id);
    }
    return Optional.of(
        new VinShard(id, rowStart, rows, blocks(object(fields, "blocks"), place, rows)));
  }

  private SortedMap<String, VinBlock> blocks(Map<?, ?> values, String shardPlace, long rows) {
    SortedMap<String, VinBlock> blocks = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          String name = (String) key;
          String place = shardPlace + ".blocks." + shown(name);
          if (!BLOCK.matcher(name).matches() || name.length() > 128) {
            add(place, "letters, digits and _, parted by dots");
          } else if (!(value instanceof Map<?, ?> fields)) {
            add(place + ": " + shown(value), "an object");
          } else {
            block(name, fields, place, rows).ifPresent(block -> blocks.put(name, block));
          }
        });
    return blocks;
  }

  private Optional<VinBlock> block(String name, Map<?, ?> fields, String place, long rows) {
    Optional<VinBlock.Kind> kind =
        Arrays.stream(VinBlock.Kind.values())
            .filter(each -> each.text().equals(fields.get("kind")))
            .findFirst();
    if (kind.isEmpty()) {
      add(place + ".kind: " + shown(fields.get("kind")), "zarr_array or msgpack_indexed_records");
      return Optional.empty();
    }
    List<String> paths = VinBlock.pathsOf(name, kind.get());
    if (!name.equals(fields.get("name")) || !paths.equals(fields.get("paths"))) {
      add(
          place + ": name " + shown(fields.get("name")) + ", paths " + shown(fields.get("paths")),
          name + " and " + paths);
      return Optional.empty();
    }
    if (kind.get() == VinBlock.Kind.RECORDS) {
      return Optional.of(
          new VinBlock(name, kind.get(), paths, Optional.empty(), List.of(Math.max(0, rows))));
    }
    Optional<ElementType> type =
        ElementType.ofZarrName(String.valueOf(fields.get("dtype"))).filter(TYPES::contains);
    if (type.isEmpty()) {
      add(place + ".dtype: " + shown(fields.get("dtype")), "float32, int64 or bool");
      return Optional.empty();
    }
    return shape(fields.get("shape"), place, rows)
        .map(shape -> new VinBlock(name, kind.get(), paths, type, shape));
  }

  private Optional<List<Long>> shape(Object value, String place, long rows) {
    List<Long> shape = new ArrayList<>();
    if (value instanceof List<?> lengths && !lengths.isEmpty() && lengths.size() <= MAX_RANK) {
      for (Object length : lengths) {
        if (length instanceof Long number && number >= 0) {
          shape.add(number);
        }
      }
      if (shape.size() == lengths.size() && shape.get(0) == rows) {
        return Optional.of(shape);
      }
    }
    add(
        place + ".shape: " + shown(value),
        "1 to " + MAX_RANK + " lengths, the first the " + rows + " rows of the shard");
    return Optional.empty();
  }

  private Map<?, ?> object(Map<?, ?> parent, String key) {
    if (parent.get(key) instanceof Map<?, ?> child) {
      return child;
    }
    add(key + ": " + shown(parent.get(key)), "an object");
    return Map.of();
  }

  private static String shown(Object value) {
    String text = String.valueOf(value);
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  private void add(String what, String rule) {
    problems.add("Invalid VIN manifest: %s (expected %s, file=%s)".formatted(what, rule, file));
  }
}
