package org.nbvrollouts.store.schema;

import java.util.Optional;

/**
 * Why a target is invalid, version {@value #VERSION} (specification store 3.2). A code space of its
 * own, although bit 0 means valid here too. The number is the bit position and the stored code.
 */
public enum TargetInvalidReason {
  VALID(0, "no reason against it; alone in a bitset"),
  NO_ACTOR_VISIBLE_SOURCE(1, "no box that an actor could see"),
  GT_SOURCE_DISALLOWED(2, "a ground-truth box where only observed ones are allowed"),
  PADDED_OBB(3, "the row of the box table is padding"),
  OBB_NONFINITE(4, "the box has a number that is not finite"),
  OBB_EXTENT_INVALID(5, "a side of the box is not positive"),
  CONFIDENCE_TOO_LOW(6, "the detector was not sure enough"),
  NO_PROJECTED_VISIBILITY(7, "the box is in no frame"),
  PROJECTED_AREA_TOO_SMALL(8, "the box is too small in every frame"),
  TARGET_SUPPORT_TOO_LOW(9, "too few points inside the box"),
  TARGET_GT_UNMATCHED(10, "no ground-truth box matches"),
  TARGET_GT_AMBIGUOUS(11, "several ground-truth boxes match alike");

  /** Version of this code space. */
  public static final String VERSION = "target-selection-invalidity-v1";

  private static final TargetInvalidReason[] VALUES = values();

  private final int bit;
  private final String meaning;

  TargetInvalidReason(int bit, String meaning) {
    this.bit = bit;
    this.meaning = meaning;
  }

  /** Bit position, which is also the code of a primary reason. */
  public int bit() {
    return bit;
  }

  /** What it says, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** Value of the bit in a bitset. */
  public int mask() {
    return 1 << bit;
  }

  /** The reason with this code, or empty if none is assigned. */
  public static Optional<TargetInvalidReason> of(int code) {
    return code >= 0 && code < VALUES.length ? Optional.of(VALUES[code]) : Optional.empty();
  }

  /** Name of a code; an unassigned one reads {@code target_reason_<code>}. */
  public static String decodeTargetInvalidReason(int code) {
    return of(code).map(Enum::name).orElse("target_reason_" + code);
  }
}
