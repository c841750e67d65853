package org.nbvrollouts.pipeline.scene;

/**
 * One kind of object with all its dimensions fixed. Object frame: origin on the ground under the
 * middle of the footprint, z up, back towards −y, front towards +y; metres.
 */
interface Furniture {
  ObjectClass objectClass();

  /** Side of the footprint along x. */
  double width();

  /** Side of the footprint along y. */
  double depth();

  double height();

  /** Draws the same surface at any detail of the brush, only finer or coarser. */
  void draw(Brush brush);
}
