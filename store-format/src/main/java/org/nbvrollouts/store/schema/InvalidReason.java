package org.nbvrollouts.store.schema;

import java.util.Optional;

/**
 * Why a candidate is invalid, version {@value #VERSION} (specification store 3.1). The number is
 * the bit position and the stored code; a bitset is the sum of {@link #mask()} values. New reasons
 * may only be appended.
 */
public enum InvalidReason {
  VALID(0),
  POSE_NONFINITE(1),
  POSE_OUT_OF_EXTENT(2),
  CAMERA_OUT_OF_EXTENT(3),
  COLLISION_MESH(4),
  CLEARANCE_TOO_SMALL(5),
  PATH_SEGMENT_COLLISION(6),
  FRUSTUM_OUT_OF_BOUNDS(7),
  DEPTH_NO_HIT(8),
  DEPTH_TOO_SPARSE(9),
  BACKPROJECT_EMPTY(10),
  CANDIDATE_DUPLICATE(11),
  SAMPLER_RULE_REJECTED(12),
  TARGET_NOT_ACTOR_VISIBLE(13),
  TARGET_GT_UNMATCHED(14),
  TARGET_CROP_EMPTY(15),
  TARGET_SUPPORT_TOO_LOW(16),
  TARGET_VISIBILITY_TOO_LOW(17),
  SEMIDENSE_SUPPORT_TOO_LOW(18),
  EVL_EVIDENCE_MISSING(19),
  MESH_REFERENCE_MISSING(20),
  ORACLE_DISTANCE_FAILED(21),
  CANDIDATE_ORDER_GUARD_FAILED(22),
  RUNTIME_ERROR(23);

  /** Version of this code space. */
  public static final String VERSION = "rollout-invalidity-v1";

  private static final InvalidReason[] VALUES = values();

  private final int bit;

  InvalidReason(int bit) {
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
  public static Optional<InvalidReason> of(int code) {
    return code >= 0 && code < VALUES.length ? Optional.of(VALUES[code]) : Optional.empty();
  }

  /** Name of a code; an unassigned one reads {@code reason_<code>}. */
  public static String decodeInvalidReason(int code) {
    return of(code).map(Enum::name).orElse("reason_" + code);
  }
}
