/**
 * From rollout records to the tables of the store: typed arrays, dictionaries, row flattening, the
 * derived view {@code q_h}, attributes and the manifest (specification store 2, 4, 5, 7). No file
 * is touched here. Entry class: {@link org.nbvrollouts.store.table.RolloutTableStream}.
 */
package org.nbvrollouts.store.table;
