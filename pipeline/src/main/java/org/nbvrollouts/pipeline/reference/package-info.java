/**
 * The definition of every label, computed the slow way: all pixels against all faces, all points
 * against all faces, every state from its whole history (specification generation 5 and 6). It
 * decides nothing in generation; tests and replay compare production with it. It shares with
 * production the two predicates that say where a ray meets a triangle and how far a point is from
 * one, and the lens of logged cameras, but no search structure, shortcut or state. Nothing in
 * generation imports it. Entry class: {@link org.nbvrollouts.pipeline.reference.ReferenceOracle}.
 */
package org.nbvrollouts.pipeline.reference;
