package org.nbvrollouts.store.source.vin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * Which processed mesh the reference would use for a scene (specification source 8). The hash knows
 * nothing of the content, so it names a file and never identifies a mesh (rule S-7).
 *
 * @param sceneId scene
 * @param simplifyRatio kept share of faces, or empty for all
 * @param marginMetres growth of the crop box
 * @param crop crop box, or empty for no crop
 */
record ProcessedMeshName(
    String sceneId, OptionalDouble simplifyRatio, double marginMetres, Optional<Crop> crop) {
  private static final int HASH_DIGITS = 12;
  private static final int DECIMALS = 4;

  /**
   * The box that faces are kept in.
   *
   * @param min three lower bounds, world metres
   * @param max three upper bounds, world metres
   * @param minKeepRatio least share of faces without a warning
   */
  record Crop(List<Double> min, List<Double> max, double minKeepRatio) {
    Crop {
      min = List.copyOf(min);
      max = List.copyOf(max);
    }
  }

  /** First 12 hex digits of SHA-1 over the settings. */
  String specHash() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("crop", crop.isPresent());
    settings.put("margin_m", rounded(marginMetres));
    settings.put("scene_id", sceneId);
    settings.put(
        "simplify_ratio", simplifyRatio.isPresent() ? rounded(simplifyRatio.getAsDouble()) : null);
    if (crop.isPresent()) {
      settings.put(
          "bounds_max", crop.get().max().stream().map(ProcessedMeshName::rounded).toList());
      settings.put(
          "bounds_min", crop.get().min().stream().map(ProcessedMeshName::rounded).toList());
      settings.put("crop_min_keep_ratio", rounded(crop.get().minKeepRatio()));
    }
    return ReferenceHashes.sha1Hex(CanonicalJson.line(settings).getBytes(StandardCharsets.UTF_8))
        .substring(0, HASH_DIGITS);
  }

  /** To four decimals, half to even on the exact value, as Python rounds. */
  private static Double rounded(double value) {
    return new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
  }
}
