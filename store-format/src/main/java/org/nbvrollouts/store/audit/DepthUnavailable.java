package org.nbvrollouts.store.audit;

import java.util.Locale;

/** Why the depth image of a step cannot be shown. */
public enum DepthUnavailable {
  /** The store says that it keeps no depth images. */
  DISABLED,
  /** The table of depth images is missing. */
  MISSING_TABLE,
  /** A column of the table is missing. */
  MISSING_COLUMN,
  /** No step has that id. */
  UNKNOWN_STEP,
  /** The step has no image, or several. */
  ROW_COUNT,
  /** The image is that of another candidate than the step names. */
  CANDIDATE_MISMATCH,
  /** Image and mask differ in shape, or are not two-dimensional. */
  SHAPE_MISMATCH,
  /** A value of the camera is not a pair. */
  CAMERA_METADATA,
  /** The image is not of the size that the table says. */
  IMAGE_SIZE_MISMATCH,
  /** The stored bytes cannot be decoded. */
  UNREADABLE;

  /** Name in rows. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
