package org.nbvrollouts.pipeline.target;

import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Pose12;

/**
 * The ground-truth box that a target was matched to; for the oracle alone.
 *
 * @param targetId identity of the box
 * @param sourceRowId row of the box in the padded ground-truth table
 * @param worldFromObject pose of the box
 * @param boundsObject bounds in the object frame, metres
 */
public record OracleTarget(
    String targetId, long sourceRowId, Pose12 worldFromObject, AxisAlignedBox boundsObject) {}
