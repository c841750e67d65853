package org.nbvrollouts.pipeline.scene;

/** Furniture with a round footprint. */
interface RoundFurniture extends Furniture {
  /** Radius of the footprint. */
  double radius();

  @Override
  default double width() {
    return 2 * radius();
  }

  @Override
  default double depth() {
    return 2 * radius();
  }
}
