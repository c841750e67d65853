package org.nbvrollouts.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestStoreSchema {
  private final StoreSchema schema = StoreSchema.current();

  @Test
  void twelveGroupsHold193Arrays() {
    assertThat(schema.groups())
        .containsExactly(
            "metadata",
            "dictionaries",
            "sources",
            "lineage",
            "targets",
            "rollouts",
            "steps",
            "candidates",
            "candidate_diagnostics",
            "selected_depth",
            "target_eval_crops",
            "q_h");
    assertThat(schema.groups().stream().map(group -> schema.arrays(group).size()))
        .isEqualTo(List.of(3, 14, 11, 11, 37, 23, 12, 34, 12, 7, 12, 17));
    assertThat(schema.arrays()).hasSize(193);
  }

  @Test
  void anArrayKnowsItsShapeSentinelAndDictionary() {
    ArraySpec pose = schema.array("candidates/pose_world_cam").orElseThrow();
    assertThat(pose.type()).isEqualTo(ElementType.FLOAT32);
    assertThat(pose.shape()).extracting(Axis::toString).containsExactly("N", "12");
    assertThat(pose.missing()).isEmpty();

    ArraySpec mesh = schema.array("lineage/mesh_version_id").orElseThrow();
    assertThat(mesh.dictionary()).contains("config");
    assertThat(mesh.missing()).contains(ArraySpec.Missing.MINUS_ONE);
    assertThat(schema.array("candidates/nothing")).isEmpty();
  }

  @Test
  void chunkRulesFollowTheContent() {
    assertThat(rule("candidates/target_rri")).isEqualTo(ArraySpec.ChunkRule.TABLE_ROWS);
    assertThat(rule("q_h/td_reward")).isEqualTo(ArraySpec.ChunkRule.STATES);
    assertThat(rule("selected_depth/valid_mask")).isEqualTo(ArraySpec.ChunkRule.DEPTH_STEPS);
    assertThat(rule("target_eval_crops/points_world")).isEqualTo(ArraySpec.ChunkRule.WIDE_ROWS);
  }

  private ArraySpec.ChunkRule rule(String path) {
    return schema.array(path).orElseThrow().chunkRule();
  }

  @Test
  void everyDictionaryReferenceNamesADictionary() {
    assertThat(schema.arrays())
        .allSatisfy(
            spec ->
                assertThat(schema.dictionaries()).containsAll(spec.dictionary().stream().toList()));
  }

  @Test
  void unknownGroupsAreRefused() {
    assertThatThrownBy(() -> schema.arrays("splits"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid group: splits (expected [metadata, dictionaries");
  }

  @Test
  void reasonsHaveTheirPublishedBits() {
    assertThat(InvalidReason.values()).hasSize(24);
    assertThat(InvalidReason.PATH_SEGMENT_COLLISION.mask()).isEqualTo(64);
    assertThat(InvalidReason.SAMPLER_RULE_REJECTED.bit()).isEqualTo(12);
    assertThat(InvalidReason.RUNTIME_ERROR.bit()).isEqualTo(23);
    assertThat(InvalidReason.decodeInvalidReason(5)).isEqualTo("CLEARANCE_TOO_SMALL");
    assertThat(InvalidReason.decodeInvalidReason(24)).isEqualTo("reason_24");
    assertThat(TargetInvalidReason.values()).hasSize(12);
    assertThat(TargetInvalidReason.decodeTargetInvalidReason(11)).isEqualTo("TARGET_GT_AMBIGUOUS");
    assertThat(TargetInvalidReason.decodeTargetInvalidReason(-3)).isEqualTo("target_reason_-3");
  }

  @Test
  void positionsAndStrategiesHaveTheirPublishedIds() {
    assertThat(PositionFamily.LATERAL_TARGET_BYPASS.id()).isEqualTo(3);
    assertThat(PositionFamily.decodePositionId(2)).isEqualTo("target_bearing_local");
    assertThat(PositionFamily.decodePositionId(-1)).isEqualTo("unknown");
    assertThat(PositionFamily.decodePositionId(7)).isEqualTo("position_7");
    assertThat(ViewStrategy.decodeStrategyId(3)).isEqualTo("target_point");
    assertThat(ViewStrategy.decodeStrategyId(-1)).isEqualTo("unknown");
    assertThat(ViewStrategy.decodeStrategyId(4)).isEqualTo("strategy_4");
  }
}
