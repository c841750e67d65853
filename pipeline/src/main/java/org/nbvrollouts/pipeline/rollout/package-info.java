/**
 * Rollouts of one source row: targets, candidates, labels, choices and the records that a store
 * keeps, and a look into single nodes. Entry classes: {@link
 * org.nbvrollouts.pipeline.rollout.SampleRolloutGenerator} and {@link
 * org.nbvrollouts.pipeline.rollout.TargetInspector}.
 */
package org.nbvrollouts.pipeline.rollout;
