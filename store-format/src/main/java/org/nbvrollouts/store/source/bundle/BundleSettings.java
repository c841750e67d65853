package org.nbvrollouts.store.source.bundle;

import java.util.Optional;

/**
 * What {@code scene.toml} says, with defaults for what it does not.
 *
 * @param sceneId name of the scene
 * @param licence licence text, or empty when unknown
 * @param attribution credit, or empty when none
 * @param frame unit and up axis of all files
 * @param trajectoryFormat {@code mps} or {@code tum}, or empty to tell by the file
 * @param axes frame of the poses, or empty for the default of the format
 * @param rateHz highest pose rate that is kept
 * @param cut how the trajectory becomes snippets
 */
record BundleSettings(
    String sceneId,
    Optional<String> licence,
    Optional<String> attribution,
    SceneFrame frame,
    Optional<String> trajectoryFormat,
    Optional<FrameAxes> axes,
    double rateHz,
    SnippetCut cut) {
  static final double DEFAULT_RATE_HZ = 10;

  /** Settings of a bundle without {@code scene.toml}. */
  static BundleSettings defaults(String sceneId) {
    return new BundleSettings(
        sceneId,
        Optional.empty(),
        Optional.empty(),
        SceneFrame.METRES_Z_UP,
        Optional.empty(),
        Optional.empty(),
        DEFAULT_RATE_HZ,
        SnippetCut.DEFAULT);
  }
}
