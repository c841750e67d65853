package org.nbvrollouts.pipeline.target;

import java.util.Optional;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * A target as its source describes it; stored for audit, never given to the generator.
 *
 * @param targetId identity across stores
 * @param source table the target comes from
 * @param sourceIndex row in that table, padding included
 * @param semanticId class id
 * @param instanceId instance id
 * @param className name of the class, if the table has one
 * @param confidence of the detector, 1 for ground truth as a rule
 * @param centreWorld centre of the box, world metres
 * @param extentsMetres full side lengths along the object axes
 * @param worldFromObject pose of the box
 * @param referenceFromObject pose of the box seen from the reference rig pose, if there is one
 */
public record TargetRow(
    String targetId,
    String source,
    int sourceIndex,
    int semanticId,
    int instanceId,
    Optional<String> className,
    double confidence,
    Point3 centreWorld,
    Point3 extentsMetres,
    Pose12 worldFromObject,
    Optional<Pose12> referenceFromObject) {}
