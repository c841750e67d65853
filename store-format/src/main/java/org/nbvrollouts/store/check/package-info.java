/**
 * Judging stores: the numbered checks, the strict extras and the seals over logical content
 * (specification store 6, campaign 7.4). Entry class: {@link
 * org.nbvrollouts.store.check.RolloutZarrValidator}.
 */
package org.nbvrollouts.store.check;
