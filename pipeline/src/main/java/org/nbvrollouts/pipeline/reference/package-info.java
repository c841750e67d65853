/**
 * The definition of every label, computed the slow way: all pixels against all faces, all points
 * against all faces, every state from its whole history (specification generation 5 and 6). It
 * decides nothing in generation; tests and replay compare production with it. It shares with
 * production the two predicates that say where a ray meets a triangle and how far a point is from
 * one, and the lens of logged cameras, but no search structure, shortcut or state. Nothing in
 * generation imports it.
 *
 * <p>With {@link org.nbvrollouts.pipeline.reference.LoopMode#GROUPED} the loops leave out groups of
 * faces and points that are too far away to matter, and keep distances that do not change; every
 * number is then the same to the last bit. Tests compare both modes, and labels with this
 * definition, over 200 random cases per law; {@code mvn test -pl pipeline -am
 * -Dreference.cases=10000} runs 10,000, {@code -Dreference.seed} sets the first seed, and a failure
 * names its own.
 *
 * <p>Entry class: {@link org.nbvrollouts.pipeline.reference.ReferenceOracle}.
 */
package org.nbvrollouts.pipeline.reference;
