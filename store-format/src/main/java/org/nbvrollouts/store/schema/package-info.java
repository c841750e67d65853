/**
 * The rollout store as data: groups, arrays, element types and the enumerations whose numbers are
 * stored (specification store 2 and 3). Writer, reader and validator are driven by it. Entry class:
 * {@link org.nbvrollouts.store.schema.StoreSchema}.
 */
package org.nbvrollouts.store.schema;
