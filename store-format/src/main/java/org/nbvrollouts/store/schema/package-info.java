/**
 * Names and codes of the rollout store. Entry class: {@link
 * org.nbvrollouts.store.schema.PositionFamily}.
 */
package org.nbvrollouts.store.schema;
