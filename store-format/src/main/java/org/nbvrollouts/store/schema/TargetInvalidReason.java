package org.nbvrollouts.store.schema;

import java.util.Optional;

/**
 * Why a target is invalid, version {@value #VERSION} (specification store 3.2). A code space of its
 * own, although bit 0 means valid here too. The number is the bit position and the stored code.
 */
public enum TargetInvalidReason {
  VALID(0),
  NO_ACTOR_VISIBLE_SOURCE(1),
  GT_SOURCE_DISALLOWED(2),
  PADDED_OBB(3),
  OBB_NONFINITE(4),
  OBB_EXTENT_INVALID(5),
  CONFIDENCE_TOO_LOW(6),
  NO_PROJECTED_VISIBILITY(7),
  PROJECTED_AREA_TOO_SMALL(8),
  TARGET_SUPPORT_TOO_LOW(9),
  TARGET_GT_UNMATCHED(10),
  TARGET_GT_AMBIGUOUS(11);

  /** Version of this code space. */
  public static final String VERSION = "target-selection-invalidity-v1";

  private static final TargetInvalidReason[] VALUES = values();

  private final int bit;

  TargetInvalidReason(int bit) {
    this.bit = bit;
  }

  /** Bit position, which is also the code of a primary reason. */
  public int bit() {
    return bit;
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
