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
  void everyReferenceNamesATableWhoseKeyHasItsType() {
    assertThat(schema.arrays())
        .allSatisfy(
            spec ->
                spec.table()
                    .ifPresent(
                        table -> assertThat(schema.key(table).type()).isEqualTo(spec.type())));
    assertThat(schema.array("q_h/td_next_step_row_id").orElseThrow().table()).contains("steps");
    assertThat(schema.key("sources").path()).isEqualTo("sources/source_row_id");
  }

  @Test
  void everyNodeIsExplained() {
    assertThat(schema.groups()).allSatisfy(group -> assertThat(schema.meaning(group)).isNotBlank());
    assertThat(schema.arrays())
        .allSatisfy(spec -> assertThat(spec.meaning()).as(spec.path()).isNotBlank());
    assertThat(schema.array("rollouts/root_time_ns").orElseThrow().unit()).contains("ns");
  }

  @Test
  void sqlTypesHoldEveryValueOfTheStoredOnes() {
    assertThat(sql("candidates/candidate_row_id")).isEqualTo("BIGINT");
    assertThat(sql("candidates/invalid_reason_bitset")).isEqualTo("BIGINT");
    assertThat(sql("candidates/primary_invalid_reason")).isEqualTo("INT");
    assertThat(sql("candidates/step_index")).isEqualTo("SMALLINT");
    assertThat(sql("candidates/selected_mask")).isEqualTo("BOOLEAN");
    assertThat(sql("candidates/pose_world_cam")).isEqualTo("ARRAY<FLOAT>");
    assertThat(sql("selected_depth/depth_m")).isEqualTo("ARRAY<ARRAY<FLOAT>>");
    assertThat(sql("q_h/q_train_mask")).isEqualTo("ARRAY<BOOLEAN>");
    assertThat(sql("dictionaries/scene")).isEqualTo("STRING");
    assertThat(ElementType.UINT64.sqlType()).isEqualTo("DECIMAL(20,0)");
  }

  private String sql(String path) {
    return schema.array(path).orElseThrow().sqlType();
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
    assertThat(InvalidReason.decodeInvalidReason(-1)).isEqualTo("reason_-1");
    assertThat(InvalidReason.decodeInvalidReasonBitset(0)).isEmpty();
    assertThat(InvalidReason.decodeInvalidReasonBitset(0x80000024L))
        .containsExactly("POSE_OUT_OF_EXTENT", "CLEARANCE_TOO_SMALL", "reason_31");
    assertThat(TargetInvalidReason.values()).hasSize(12);
    assertThat(TargetInvalidReason.decodeTargetInvalidReason(11)).isEqualTo("TARGET_GT_AMBIGUOUS");
    assertThat(TargetInvalidReason.decodeTargetInvalidReason(-3)).isEqualTo("target_reason_-3");
  }

  @Test
  void positionsAndStrategiesHaveTheirPublishedIds() {
    assertThat(PositionFamily.LATERAL_TARGET_BYPASS.id()).isEqualTo(3);
    assertThat(PositionFamily.decodePositionId(2)).isEqualTo("target_bearing_local");
    assertThat(PositionFamily.decodePositionId(-1)).isEqualTo("unknown");
    assertThat(PositionFamily.decodePositionId(-7)).isEqualTo("unknown");
    assertThat(PositionFamily.decodePositionId(7)).isEqualTo("position_7");
    assertThat(ViewStrategy.decodeStrategyId(3)).isEqualTo("target_point");
    assertThat(ViewStrategy.decodeStrategyId(-1)).isEqualTo("unknown");
    assertThat(ViewStrategy.decodeStrategyId(-4)).isEqualTo("unknown");
    assertThat(ViewStrategy.decodeStrategyId(4)).isEqualTo("strategy_4");
  }
}
