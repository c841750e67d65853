package org.nbvrollouts.jobs.replay;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One stored value that is not the recomputed one.
 *
 * @param array slash path of the array
 * @param index position in the array, one number per axis, or the row alone
 * @param stored what the store holds
 * @param recomputed what the source gives
 * @param rule how equal they had to be
 */
public record Difference(
    String array, String index, String stored, String recomputed, String rule) {

  /** One line for people. */
  public String text() {
    return "%s[%s]: stored %s, recomputed %s (%s)"
        .formatted(array, index, stored, recomputed, rule);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("array", array);
    json.put("index", index);
    json.put("stored", stored);
    json.put("recomputed", recomputed);
    json.put("rule", rule);
    return json;
  }
}
