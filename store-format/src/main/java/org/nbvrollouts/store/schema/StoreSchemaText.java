package org.nbvrollouts.store.schema;

/**
 * The arrays of each schema version: a line with one word opens a group; every other line is an
 * array with name, element type, axes, and optionally the sentinel of an unset entry and the
 * dictionary ({@code >}) that the values index (specification store 2.8 to 2.19).
 */
final class StoreSchemaText {
  static final String V1_0 =
      """
      metadata
        reason_code_bits uint16 24
        reason_code_names uint8 text
        field_retention_policy uint8 text
      dictionaries
        scene uint8 text
        snippet uint8 text
        rollout uint8 text
        target uint8 text
        source_key uint8 text
        source_shard uint8 text
        target_source uint8 text
        policy uint8 text
        score_source uint8 text
        split uint8 text
        config uint8 text
        class_name uint8 text
        target_match_status uint8 text
        termination_reason uint8 text
      sources
        source_row_id int64 n 0
        sample_index int64 n
        sample_key_id int32 n >source_key
        scene_id int32 n >scene
        snippet_id int32 n >snippet
        split_id int32 n >split
        source_cache_version_id int32 n -1 >config
        source_offline_store_manifest_hash_id int32 n -1 >config
        split_manifest_hash_id int32 n -1 >config
        source_shard_id int32 n >source_shard
        source_shard_row int64 n -1
      lineage
        rollout_row_id int64 R
        candidate_config_id int32 R -1 >config
        oracle_config_id int32 R -1 >config
        rollout_config_id int32 R -1 >config
        model_checkpoint_id int32 R -1 >config
        mesh_version_id int32 R -1 >config
        branch_schedule_id int32 R -1 >config
        target_protocol_version_id int32 R -1 >config
        target_crop_policy_id int32 R -1 >config
        reason_code_version_id int32 R -1 >config
        selection_rng_state_hash_id int32 R -1 >config
      targets
        target_row_id int64 T
        target_id int32 T >target
        target_selection_policy_id int32 T -1 >policy
        target_selection_rank int32 T -1
        target_selection_score float32 T NaN
        target_selection_probability float32 T NaN
        target_selection_temperature float32 T NaN
        target_source_id int32 T >target_source
        target_source_index int32 T -1
        target_sem_id int32 T -1
        target_inst_id int32 T -1
        target_class_name_id int32 T -1 >class_name
        target_confidence float32 T NaN
        target_projected_area_pixels float32 T NaN
        target_projected_area_fraction float32 T NaN
        target_effective_support_count float32 T NaN
        target_visibility_score float32 T NaN
        target_support_score float32 T NaN
        target_deficit_score float32 T NaN
        target_semidense_support_count int32 T -1
        target_evl_support_count int32 T -1
        target_center_world float32 T,3 NaN
        target_extents float32 T,3 NaN
        target_pose_world_object float32 T,12 NaN
        target_relative_pose_reference_object float32 T,12 NaN
        target_valid_mask bool T
        target_invalid_reason_bitset uint32 T
        target_primary_invalid_reason uint16 T 0
        target_reason_code_version_id int32 T -1 >config
        matched_gt_target_row_id int64 T -1
        matched_gt_target_id int32 T -1 >target
        gt_match_iou float32 T NaN
        gt_match_score float32 T NaN
        gt_match_status_id int32 T >target_match_status
        gt_label_valid_mask bool T
        target_crop_policy_id int32 T -1 >config
        target_protocol_version uint8 text
      rollouts
        rollout_row_id int64 R
        rollout_id int32 R >rollout
        chain_id int32 R
        source_row_id int64 R
        root_pose_world float32 R,12
        root_time_ns int64 R -1
        root_trajectory_index int32 R -1
        root_frame_index int32 R -1
        scene_id int32 R >scene
        snippet_id int32 R >snippet
        target_row_id int64 R
        policy_id int32 R >policy
        horizon int16 R
        branch_factor int16 R
        beam_width int16 R -1
        temperature float32 R NaN
        random_seed int64 R -1
        termination_reason int32 R >termination_reason
        final_cumulative_target_rri float32 R NaN
        final_cumulative_scene_rri float32 R NaN
        final_cumulative_target_root_gain float32 R NaN
        final_cumulative_scene_root_gain float32 R NaN
        split_id int32 R >split
      steps
        step_row_id int64 S
        rollout_row_id int64 S
        step_index int16 S
        selected_candidate_row_id int64 S
        selected_shell_index int32 S
        selected_compact_valid_index int32 S
        num_candidates int32 S
        num_valid_candidates int32 S
        cumulative_target_rri float32 S NaN
        cumulative_scene_rri float32 S NaN
        cumulative_target_root_gain float32 S NaN
        cumulative_scene_root_gain float32 S NaN
      candidates
        candidate_row_id int64 N
        step_row_id int64 N
        rollout_row_id int64 N
        step_index int16 N
        shell_index int32 N
        compact_valid_index int32 N -1
        pose_world_cam float32 N,12
        pose_relative_root float32 N,12
        actor_action_mask bool N
        oracle_label_mask bool N
        q_train_mask bool N
        selected_mask bool N
        strategy_id int32 N -1
        position_id int32 N -1
        mixture_id int32 N -1
        sampler_probability float32 N NaN
        score_source_id int32 N >score_source
        invalid_reason_bitset uint32 N
        primary_invalid_reason uint16 N
        scene_rri float32 N NaN
        target_rri float32 N NaN
        scene_root_gain float32 N NaN
        target_root_gain float32 N NaN
        scene_log_error_gain float32 N NaN
        target_log_error_gain float32 N NaN
        scene_pm_dist_before float32 N NaN
        scene_pm_dist_after float32 N NaN
        target_pm_dist_before float32 N NaN
        target_pm_dist_after float32 N NaN
        target_current_support float32 N NaN
        target_candidate_support float32 N NaN
        selection_logits float32 N NaN
        selection_probabilities float32 N 0
        selection_log_probabilities float32 N -Inf
      candidate_diagnostics
        candidate_row_id int64 N
        position_id int32 N -1
        mesh_distance_m float32 N NaN
        path_min_clearance_m float32 N NaN
        path_collision_mask bool N 0
        free_space_margin_m float32 N NaN
        motion_step_length_m float32 N NaN
        motion_height_delta_m float32 N NaN
        motion_backward_step_m float32 N NaN
        motion_yaw_delta_deg float32 N NaN
        target_distance_m float32 N NaN
        target_bearing_yaw_deg float32 N NaN
      selected_depth
        step_row_id int64 D
        candidate_row_id int64 D
        focal_px float32 D,2 NaN
        principal_point_px float32 D,2 NaN
        image_size_hw int32 D,2
        depth_m float16 D,H,W 0
        valid_mask bool D,H,W
      target_eval_crops
        crop_row_id int64 K
        step_row_id int64 K
        candidate_row_id int64 K -1
        source_role_id int32 K
        crop_policy_id int32 K -1 >config
        voxel_size_m float32 K NaN
        max_points int32 K
        lengths int32 K
        points_world float32 K,P,3 0
        mask bool K,P
        source_role_names uint8 text
        crop_policy_dictionary uint8 text
      q_h
        state_step_row_id int64 S
        source_row_id int64 S
        candidate_row_id int64 S,A -1
        valid_action_mask bool S,A 0
        q_train_mask bool S,A 0
        target_row_id int64 S
        selected_candidate_index int32 S
        position_id int32 S,A -1
        one_step_target_rri float32 S,A NaN
        one_step_target_root_gain float32 S,A NaN
        invalid_reason_bitset uint32 S,A 0
        td_selected_candidate_row_id int64 S
        td_reward float32 S
        td_reward_target_rri float32 S
        td_next_step_row_id int64 S
        td_terminal_mask bool S
        td_discount float32 S""";

  private StoreSchemaText() {}
}
