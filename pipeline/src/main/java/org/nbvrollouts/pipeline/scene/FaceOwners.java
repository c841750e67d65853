package org.nbvrollouts.pipeline.scene;

/** Which object a face belongs to. Immutable. */
final class FaceOwners {
  /** Owner of walls, floor and ceiling. */
  static final int STRUCTURE = -1;

  private final int[] owners;

  /** Takes over the array: one object index, or {@link #STRUCTURE}, per face. */
  FaceOwners(int[] owners) {
    this.owners = owners;
  }

  int ownerOf(int face) {
    return owners[face];
  }
}
