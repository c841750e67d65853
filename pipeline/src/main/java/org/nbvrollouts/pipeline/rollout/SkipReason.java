package org.nbvrollouts.pipeline.rollout;

/** Texts of skips that generation counts and stores (specification generation 9). */
public final class SkipReason {
  /** The row has no snippet or its scene no mesh. */
  public static final String MISSING_SNIPPET_OR_MESH = "missing_snippet_or_mesh";

  /** Enough targets of the row have records. */
  public static final String MAX_TARGETS_PER_SAMPLE = "max_targets_per_sample";

  /** The row asks for a stored root cloud and has none. */
  public static final String ROOT_CLOUD_MISSING = "root_cloud:missing_stored_cloud";

  /** No logged frame contributes a point to the root cloud. */
  public static final String ROOT_CLOUD_EMPTY = "root_cloud:no_valid_point";

  private SkipReason() {}

  /** The oracle cannot score the target at its root. */
  static String targetScorer(String failure) {
    return "target_scorer:" + failure;
  }

  /** The oracle could not score a node of the recipe. */
  static String recipe(String recipeName, String failure) {
    return recipeName + ":" + failure;
  }

  /** A root with fewer valid candidates than the gate wants. */
  static String lowValidRootCandidates(int valid, int least) {
    return "low_valid_root_candidates:" + valid + "<min" + least;
  }

  /** A recipe none of whose chains has a first step. */
  static String missingRootStep() {
    return "low_valid_root_candidates:missing_root_step";
  }
}
