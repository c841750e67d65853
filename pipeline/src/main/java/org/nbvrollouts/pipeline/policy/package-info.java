/**
 * How the next view is chosen among scored candidates, with the distribution each choice was drawn
 * from. Entry class: {@link org.nbvrollouts.pipeline.policy.SelectionPolicy}.
 */
package org.nbvrollouts.pipeline.policy;
