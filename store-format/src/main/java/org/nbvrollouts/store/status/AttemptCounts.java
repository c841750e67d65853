package org.nbvrollouts.store.status;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Attempts of a shard that left a trace.
 *
 * @param started all of them
 * @param failed with a failure marker of this campaign
 * @param unfinished without any outcome: killed, or still running
 */
public record AttemptCounts(int started, int failed, int unfinished) implements Serializable {
  private static final long serialVersionUID = 1L;

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("started", started);
    json.put("failed", failed);
    json.put("unfinished", unfinished);
    return json;
  }
}
