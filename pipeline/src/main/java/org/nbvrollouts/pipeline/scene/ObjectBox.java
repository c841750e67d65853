package org.nbvrollouts.pipeline.scene;

import java.util.Arrays;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Pose12;

/**
 * A box around one object, upright and turned with it.
 *
 * @param instanceId position of the object in its home, or of a detection in its list
 * @param objectClass what the box is labelled as
 * @param worldFromBox the box frame has its origin in the middle of the box
 * @param sizeX full side along the box's x axis, metres
 */
record ObjectBox(
    int instanceId,
    ObjectClass objectClass,
    Pose12 worldFromBox,
    double sizeX,
    double sizeY,
    double sizeZ,
    double confidence) {

  private static final int IMAGE_BOX_OFFSET = 6;
  private static final int IMAGE_BOX_VALUES = 12;
  private static final int POSE_OFFSET = 18;

  /** The tight box of an object that was drawn with these bounds. */
  static ObjectBox around(int objectIndex, PlacedObject object, ObjectBounds bounds) {
    Pose12 worldFromBox =
        object
            .worldFromObject()
            .compose(Frames.shift(bounds.centreX(), bounds.centreY(), bounds.centreZ()));
    return new ObjectBox(
        objectIndex,
        object.piece().objectClass(),
        worldFromBox,
        bounds.sizeX(),
        bounds.sizeY(),
        bounds.sizeZ(),
        1);
  }

  ObjectBox withInstanceId(int id) {
    return new ObjectBox(id, objectClass, worldFromBox, sizeX, sizeY, sizeZ, confidence);
  }

  double longestSide() {
    return Math.max(sizeX, Math.max(sizeY, sizeZ));
  }

  /**
   * The box record (specification generation 2.5). The two side cameras see nothing.
   *
   * @param tableFromWorld frame of the table the record goes into
   * @param image where the RGB camera sees the object
   */
  OrientedBox toOrientedBox(Pose12 tableFromWorld, ImageBox image, int sourceIndex) {
    float[] values = new float[OrientedBox.LENGTH];
    double[] sizes = {sizeX, sizeY, sizeZ};
    for (int axis = 0; axis < 3; axis++) {
      values[2 * axis] = (float) (-sizes[axis] / 2);
      values[2 * axis + 1] = (float) (sizes[axis] / 2);
    }
    Arrays.fill(values, IMAGE_BOX_OFFSET, IMAGE_BOX_OFFSET + IMAGE_BOX_VALUES, -1f);
    if (!image.isEmpty()) {
      values[IMAGE_BOX_OFFSET] = (float) image.minU();
      values[IMAGE_BOX_OFFSET + 1] = (float) image.maxU();
      values[IMAGE_BOX_OFFSET + 2] = (float) image.minV();
      values[IMAGE_BOX_OFFSET + 3] = (float) image.maxV();
    }
    System.arraycopy(
        tableFromWorld.compose(worldFromBox).toFloats(), 0, values, POSE_OFFSET, Pose12.LENGTH);
    values[30] = objectClass.id();
    values[31] = instanceId;
    values[32] = (float) confidence;
    values[33] = isMovable() ? 1 : 0;
    return OrientedBox.of(values, 0, sourceIndex);
  }

  private boolean isMovable() {
    return longestSide() < 1.2;
  }
}
