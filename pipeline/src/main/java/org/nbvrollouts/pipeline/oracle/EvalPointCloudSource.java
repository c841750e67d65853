package org.nbvrollouts.pipeline.oracle;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/** Where the reconstruction at the root comes from (specification generation 6.1). */
public enum EvalPointCloudSource {
  /** The stored cloud if the row has one, else the rendered one. */
  AUTO("auto"),
  /** The stored cloud only; a row without one is skipped. */
  ASE_GT_DEPTH_ROOT("ase_gt_depth_root"),
  /** The true mesh as seen from the logged trajectory with the logged calibration. */
  RENDERED_LOGGED_DEPTH_ROOT("rendered_logged_depth_root"),
  /** The semidense points of the snippet. */
  LEGACY_SEMIDENSE_ROOT("legacy_semidense_root");

  private final String key;

  EvalPointCloudSource(String key) {
    this.key = key;
  }

  /** Name in configuration files. */
  public String key() {
    return key;
  }

  /** The value of a configuration name; refuses other names. */
  public static EvalPointCloudSource ofKey(String key) {
    return ConfigCheck.oneOf("eval_point_cloud_source", values(), EvalPointCloudSource::key, key);
  }
}
