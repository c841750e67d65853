/**
 * Labels: how much closer to the true mesh a reconstruction gets when one more view is added. Entry
 * class: {@link org.nbvrollouts.pipeline.oracle.TargetScorerConfig}.
 */
package org.nbvrollouts.pipeline.oracle;
