package org.nbvrollouts.pipeline.candidate;

import java.util.Optional;

/**
 * Where a node stands.
 *
 * @param sampling frame that directions are drawn in, level as a rule
 * @param reference frame of the physical camera; same origin
 * @param targetWorld what may be known of the target, metres, or empty
 */
record NodeGeometry(
    SamplingFrame sampling, SamplingFrame reference, Optional<Vector3> targetWorld) {

  static NodeGeometry of(CandidateRequest request, boolean alignToGravity) {
    SamplingFrame reference = SamplingFrame.physical(request.referenceWorldFromCamera());
    return new NodeGeometry(
        alignToGravity
            ? SamplingFrame.gravityAligned(request.referenceWorldFromCamera())
            : reference,
        reference,
        request.targetCentreWorld().map(Vector3::of));
  }
}
