package org.nbvrollouts.store.source.bundle;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SparsePoints;

/**
 * One scene as a bundle folder describes it (design 4), in world metres with z up; the mesh is kept
 * apart because of its size.
 *
 * @param sceneId name of the scene
 * @param licence licence text, or empty when unknown
 * @param attribution credit, or empty when none
 * @param trajectory all raw rig poses (x down, y left, z forward) with times
 * @param camera the camera of every pose
 * @param points semidense points of the whole scene, or empty when there are none
 * @param boxes ground-truth and detected boxes
 * @param cut how the trajectory becomes snippets
 */
public record SceneBundle(
    String sceneId,
    Optional<String> licence,
    Optional<String> attribution,
    PoseTrajectory trajectory,
    CameraCalibration camera,
    Optional<SparsePoints> points,
    List<SceneBox> boxes,
    SnippetCut cut) {
  public SceneBundle {
    boxes = List.copyOf(boxes);
  }
}
