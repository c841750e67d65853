package org.nbvrollouts.store.source.rollout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.RootCloud;

/** The text of {@code root_eval_meta}: how a stored root cloud was made. */
final class RootCloudMetaParser {
  private static final List<String> KEYS =
      List.of("source", "stride", "far_clip_m", "voxel_size_m", "frames");

  private RootCloudMetaParser() {}

  /** RFC 8785 text of everything but the points. */
  static String print(RootCloud cloud) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("source", cloud.source());
    meta.put("stride", cloud.stride());
    meta.put("far_clip_m", cloud.farMetres());
    meta.put("voxel_size_m", cloud.voxelSizeMetres());
    return CanonicalJson.rfc8785(meta);
  }

  /**
   * Reads the text of {@link #print}; a list {@code frames} is allowed beside it.
   *
   * @throws IllegalArgumentException naming the key and the rule
   */
  static RootCloud parse(String text, PointCloud points) {
    Map<String, Object> meta;
    try {
      meta = JsonParser.parseObject(text, "root_eval_meta");
    } catch (NbvException broken) {
      throw new IllegalArgumentException(broken.getMessage(), broken);
    }
    for (String key : meta.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "Invalid root_eval_meta: unknown key " + key + " (expected " + KEYS + ")");
      }
    }
    double stride = number(meta, "stride");
    if (!(meta.get("source") instanceof String source) || stride != Math.rint(stride)) {
      throw new IllegalArgumentException(
          "Invalid root_eval_meta: " + meta + " (expected a text source and an integer stride)");
    }
    return new RootCloud(
        points, source, (int) stride, number(meta, "far_clip_m"), number(meta, "voxel_size_m"));
  }

  private static double number(Map<String, Object> meta, String key) {
    if (meta.get(key) instanceof Number value && value.doubleValue() > 0) {
      return value.doubleValue();
    }
    throw new IllegalArgumentException(
        "Invalid root_eval_meta: " + key + "=" + meta.get(key) + " (expected a positive number)");
  }
}
