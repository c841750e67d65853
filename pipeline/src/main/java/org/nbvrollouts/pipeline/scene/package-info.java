/**
 * Synthetic furnished homes: floor plan, furniture, hand-held walk, object boxes, detector boxes
 * and sparse points, each a pure function of seed, scene number and options. The same package
 * samples sparse points of an imported scene that brings none. Entry class: {@link
 * org.nbvrollouts.pipeline.scene.SyntheticSceneGenerator}.
 */
package org.nbvrollouts.pipeline.scene;
