package org.nbvrollouts.store.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.MaskColumn;

/** Reason codes of one shell (specification store 4.7, reason bits). */
final class ReasonBits {
  private static final List<InvalidReason> PRIMARY_ORDER =
      List.of(
          InvalidReason.POSE_NONFINITE,
          InvalidReason.PATH_SEGMENT_COLLISION,
          InvalidReason.CLEARANCE_TOO_SMALL,
          InvalidReason.POSE_OUT_OF_EXTENT,
          InvalidReason.CAMERA_OUT_OF_EXTENT,
          InvalidReason.FRUSTUM_OUT_OF_BOUNDS,
          InvalidReason.DEPTH_NO_HIT,
          InvalidReason.DEPTH_TOO_SPARSE,
          InvalidReason.BACKPROJECT_EMPTY,
          InvalidReason.TARGET_SUPPORT_TOO_LOW,
          InvalidReason.TARGET_VISIBILITY_TOO_LOW,
          InvalidReason.SAMPLER_RULE_REJECTED);

  private final int[] bitsets;
  private final CandidateShell shell;

  ReasonBits(CandidateShell shell) {
    this.shell = shell;
    this.bitsets = new int[shell.size()];
    DoubleColumn collisions = shell.extras().get("path_collision_mask");
    for (int row = 0; row < bitsets.length; row++) {
      bitsets[row] = shell.valid().at(row) ? InvalidReason.VALID.mask() : 0;
    }
    addFirstFailingRules();
    for (int row = 0; row < bitsets.length; row++) {
      if (collisions != null && collisions.at(row) != 0) {
        bitsets[row] |= InvalidReason.PATH_SEGMENT_COLLISION.mask();
      }
      if (!shell.worldFromCamera().get(row).isFinite()) {
        bitsets[row] |= InvalidReason.POSE_NONFINITE.mask();
      }
      if (bitsets[row] == 0) {
        bitsets[row] = InvalidReason.SAMPLER_RULE_REJECTED.mask();
      }
    }
  }

  private void addFirstFailingRules() {
    boolean[] alive = new boolean[bitsets.length];
    Arrays.fill(alive, true);
    for (Map.Entry<String, MaskColumn> rule : shell.ruleMasks().entrySet()) {
      MaskColumn mask = rule.getValue();
      if (mask.length() != bitsets.length) {
        continue;
      }
      for (int row = 0; row < bitsets.length; row++) {
        if (alive[row] && !mask.at(row)) {
          bitsets[row] |= reasonOfRule(rule.getKey()).mask();
        }
        alive[row] = mask.at(row);
      }
    }
  }

  private static InvalidReason reasonOfRule(String rule) {
    return switch (rule) {
      case "FreeSpaceRule" -> InvalidReason.POSE_OUT_OF_EXTENT;
      case "MinDistanceToMeshRule" -> InvalidReason.CLEARANCE_TOO_SMALL;
      case "PathCollisionRule" -> InvalidReason.PATH_SEGMENT_COLLISION;
      default -> InvalidReason.SAMPLER_RULE_REJECTED;
    };
  }

  int bitset(int row) {
    return bitsets[row];
  }

  int primary(int row) {
    if (shell.valid().at(row)) {
      return InvalidReason.VALID.bit();
    }
    return PRIMARY_ORDER.stream()
        .filter(reason -> (bitsets[row] & reason.mask()) != 0)
        .findFirst()
        .orElse(InvalidReason.SAMPLER_RULE_REJECTED)
        .bit();
  }
}
