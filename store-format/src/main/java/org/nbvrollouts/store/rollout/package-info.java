/**
 * Records that the pipeline fills and the store writes. Entry class: {@link
 * org.nbvrollouts.store.rollout.RolloutZarrRecord}.
 */
package org.nbvrollouts.store.rollout;
