package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.store.source.Pose12;

/**
 * One sampled pose, not yet judged.
 *
 * @param worldFromCamera the pose, jitter included
 * @param offsetLocal the move, metres: in the sampling frame, for a target orbit in that of the
 *     physical camera
 * @param jitter what was added to the view
 * @param component index of the component it came from
 */
record SampledCandidate(
    Pose12 worldFromCamera, Vector3 offsetLocal, ViewJitter jitter, int component) {

  Vector3 centreWorld() {
    return new Vector3(worldFromCamera.tx(), worldFromCamera.ty(), worldFromCamera.tz());
  }

  Vector3 forwardWorld() {
    return new Vector3(worldFromCamera.r02(), worldFromCamera.r12(), worldFromCamera.r22());
  }
}
