package org.nbvrollouts.store.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Why a candidate is invalid, version {@value #VERSION} (specification store 3.1). The number is
 * the bit position and the stored code; a bitset is the sum of {@link #mask()} values. New reasons
 * may only be appended.
 */
public enum InvalidReason {
  VALID(0, "no reason against it; alone in a bitset"),
  POSE_NONFINITE(1, "the pose has a number that is not finite"),
  POSE_OUT_OF_EXTENT(2, "the camera stands outside the free extent"),
  CAMERA_OUT_OF_EXTENT(3, "reserved"),
  COLLISION_MESH(4, "reserved"),
  CLEARANCE_TOO_SMALL(5, "the camera stands too near the mesh"),
  PATH_SEGMENT_COLLISION(6, "the straight move to it hits the mesh"),
  FRUSTUM_OUT_OF_BOUNDS(7, "reserved"),
  DEPTH_NO_HIT(8, "reserved"),
  DEPTH_TOO_SPARSE(9, "reserved"),
  BACKPROJECT_EMPTY(10, "reserved"),
  CANDIDATE_DUPLICATE(11, "reserved"),
  SAMPLER_RULE_REJECTED(12, "another rule rejected it"),
  TARGET_NOT_ACTOR_VISIBLE(13, "reserved"),
  TARGET_GT_UNMATCHED(14, "reserved"),
  TARGET_CROP_EMPTY(15, "reserved"),
  TARGET_SUPPORT_TOO_LOW(16, "reserved"),
  TARGET_VISIBILITY_TOO_LOW(17, "reserved"),
  SEMIDENSE_SUPPORT_TOO_LOW(18, "reserved"),
  EVL_EVIDENCE_MISSING(19, "reserved"),
  MESH_REFERENCE_MISSING(20, "reserved"),
  ORACLE_DISTANCE_FAILED(21, "reserved"),
  CANDIDATE_ORDER_GUARD_FAILED(22, "reserved"),
  RUNTIME_ERROR(23, "reserved");

  /** Version of this code space. */
  public static final String VERSION = "rollout-invalidity-v1";

  private static final InvalidReason[] VALUES = values();

  private final int bit;
  private final String meaning;

  InvalidReason(int bit, String meaning) {
    this.bit = bit;
    this.meaning = meaning;
  }

  /** Bit position, which is also the code of a primary reason. */
  public int bit() {
    return bit;
  }

  /** What it says; the writer never sets a reserved one, in a few words. */
  public String meaning() {
    return meaning;
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

  /**
   * Names of all bits that are set, ascending; an unassigned one reads {@code reason_<bit>}.
   *
   * @param bits the lowest 32 count
   */
  public static List<String> decodeInvalidReasonBitset(long bits) {
    return IntStream.range(0, Integer.SIZE)
        .filter(bit -> (bits >>> bit & 1) != 0)
        .mapToObj(InvalidReason::decodeInvalidReason)
        .toList();
  }
}
