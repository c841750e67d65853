/**
 * Whole rollouts recomputed from a source row, the slow way: candidate tables, rules, states,
 * labels, choices, beams and targets, each written down a second time from the specification
 * (generation 2 to 7) and none of it used by generation. Only random streams, camera models and the
 * two predicates of {@link org.nbvrollouts.pipeline.reference} are shared.
 *
 * <p>Fusion is not continuous: a point on the border of a voxel falls to either side by its last
 * bit, and floors lie on such borders. Formulas are therefore evaluated in the order in which the
 * specification writes them, without regrouping, so that right formulas give equal bits.
 *
 * <p>Entry class: {@link org.nbvrollouts.pipeline.replay.RolloutReplay}.
 */
package org.nbvrollouts.pipeline.replay;
