/**
 * Stored rollouts compared with the same rollouts computed a second time from their source. Entry
 * class: {@link org.nbvrollouts.jobs.replay.StoreReplay}.
 */
package org.nbvrollouts.jobs.replay;
