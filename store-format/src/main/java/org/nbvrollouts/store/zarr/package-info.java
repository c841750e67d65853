/**
 * Rollout stores on storage: the writer, the reader, and the one adapter to the Zarr library
 * (specification store 2 and 9.1). Entry classes: {@link
 * org.nbvrollouts.store.zarr.RolloutZarrStoreWriter} and {@link
 * org.nbvrollouts.store.zarr.RolloutZarrStoreReader}.
 */
package org.nbvrollouts.store.zarr;
