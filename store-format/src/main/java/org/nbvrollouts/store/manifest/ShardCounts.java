package org.nbvrollouts.store.manifest;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows of the tables of one shard. */
public record ShardCounts(long rollouts, long steps, long candidates) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nothing generated. */
  public static final ShardCounts NONE = new ShardCounts(0, 0, 0);

  /** Both together. */
  public ShardCounts plus(ShardCounts other) {
    return new ShardCounts(
        rollouts + other.rollouts, steps + other.steps, candidates + other.candidates);
  }

  /** The JSON value of {@code counts}. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rollouts", rollouts);
    json.put("steps", steps);
    json.put("candidates", candidates);
    return json;
  }

  static ShardCounts parse(JsonFields fields) {
    return new ShardCounts(
        fields.integer("rollouts"), fields.integer("steps"), fields.integer("candidates"));
  }
}
