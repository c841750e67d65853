/**
 * Rollouts of one source row: targets, candidates, labels, choices and the records that a store
 * keeps. Entry class: {@link org.nbvrollouts.pipeline.rollout.SampleRolloutGenerator}.
 */
package org.nbvrollouts.pipeline.rollout;
