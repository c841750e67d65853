/**
 * VIN offline stores of version 7 and 8, read only (specification source 2 to 6): opening with
 * every cross-check, rows, and the join with a rollout source v1. Entry classes: {@link
 * org.nbvrollouts.store.source.vin.VinStoreReader} and {@link
 * org.nbvrollouts.store.source.vin.VinImporter}.
 */
package org.nbvrollouts.store.source.vin;
