/**
 * Which objects of a sample become targets. What the generator and the policies may know of a
 * target ({@link org.nbvrollouts.pipeline.target.ActorTarget}) and its ground truth ({@link
 * org.nbvrollouts.pipeline.target.OracleTarget}) are different types. Entry class: {@link
 * org.nbvrollouts.pipeline.target.RolloutTargetSource}.
 */
package org.nbvrollouts.pipeline.target;
