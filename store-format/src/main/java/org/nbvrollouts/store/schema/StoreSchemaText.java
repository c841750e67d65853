package org.nbvrollouts.store.schema;

/**
 * The arrays of each schema version (specification store 2.8 to 2.19). A line without indent opens
 * a group; every other line is an array with name, element type and axes, then as they apply the
 * sentinel of an unset entry, the dictionary ({@code >}) that the values index, the table
 * ({@code @}) whose key they are, and the unit in brackets. What follows the bar is for people.
 */
final class StoreSchemaText {
  static final String V1_0 =
      """
      metadata | constants of the store
        reason_code_bits uint16 24 | bit positions of the candidate reasons
        reason_code_names uint8 text | names of the candidate reasons in bit order
        field_retention_policy uint8 text | one entry: the root attribute of that name
      dictionaries | texts that id columns index; sorted by code point without duplicates, except rollout
        scene uint8 text | scene ids; the empty text stands for none
        snippet uint8 text | snippet ids in short form, ASE_<scene>_Atek_<sample>
        rollout uint8 text | rollout ids in row order: entry i belongs to row i of rollouts
        target uint8 text | target ids and ids of matched ground-truth targets
        source_key uint8 text | keys of source samples in short form
        source_shard uint8 text | storage shards of the source
        target_source uint8 text | where target boxes come from
        policy uint8 text | policies of rollouts, steps and target selection
        score_source uint8 text | labels of the score that steps were selected by
        split uint8 text | dataset splits
        config uint8 text | hashes, versions and other configuration texts
        class_name uint8 text | class names of targets
        target_match_status uint8 text | outcomes of matching targets with ground truth
        termination_reason uint8 text | why chains ended
      sources | one row per source sample, in order of first use
        source_row_id int64 n | key; number of the row in the source, not dense
        sample_index int64 n | index of the sample in the source
        sample_key_id int32 n >source_key | stable key of the sample
        scene_id int32 n >scene | scene
        snippet_id int32 n >snippet | snippet
        split_id int32 n >split | split
        source_cache_version_id int32 n -1 >config | version of the source format
        source_offline_store_manifest_hash_id int32 n -1 >config | hash of the source manifest
        split_manifest_hash_id int32 n -1 >config | hash of split name and ordered rows
        source_shard_id int32 n >source_shard | storage shard that holds the sample
        source_shard_row int64 n -1 | row inside that shard, from 0
      lineage | one row per rollout, in the same order: what configuration made it
        rollout_row_id int64 R @rollouts | the rollout
        candidate_config_id int32 R -1 >config | hash of the candidate generator's configuration
        oracle_config_id int32 R -1 >config | hash of the oracle's configuration
        rollout_config_id int32 R -1 >config | hash of the rollout configuration
        model_checkpoint_id int32 R -1 >config | hash of a learned policy's checkpoint
        mesh_version_id int32 R -1 >config | identity of the mesh: vertices, faces, SHA-256
        branch_schedule_id int32 R -1 >config | name of the recipe
        target_protocol_version_id int32 R -1 >config | target protocol, as the root attribute
        target_crop_policy_id int32 R -1 >config | how the oracle crops points to the target
        reason_code_version_id int32 R -1 >config | version of the reason codes, as the root attribute
        selection_rng_state_hash_id int32 R -1 >config | what random choices depended on
      targets | one row per target, ascending by id
        target_row_id int64 T | key, dense from 0
        target_id int32 T >target | stable name of the target
        target_selection_policy_id int32 T -1 >policy | how the target was chosen
        target_selection_rank int32 T -1 | rank among the chosen targets of the sample, from 0
        target_selection_score float32 T NaN | score the target was ranked by
        target_selection_probability float32 T NaN | probability of the choice
        target_selection_temperature float32 T NaN | temperature of the choice
        target_source_id int32 T >target_source | where the box comes from: gt_obbs_oracle, detected_obbs
        target_source_index int32 T -1 | row in the table of boxes
        target_sem_id int32 T -1 | semantic class
        target_inst_id int32 T -1 | instance
        target_class_name_id int32 T -1 >class_name | class name
        target_confidence float32 T NaN | confidence of the box, 0 to 1
        target_projected_area_pixels float32 T NaN [px²] | largest clipped area in any frame
        target_projected_area_fraction float32 T NaN | that area by the area of the image
        target_effective_support_count float32 T NaN [points] | sparse points plus weighted voxel evidence
        target_visibility_score float32 T NaN | visibility factor of the score
        target_support_score float32 T NaN | factor for enough support, 0 to 1
        target_deficit_score float32 T NaN | factor for missing support, 0 to 1
        target_semidense_support_count int32 T -1 [points] | sparse points inside the box
        target_evl_support_count int32 T -1 [points] | voxels with evidence inside the box
        target_center_world float32 T,3 NaN [m] | centre of the box, world
        target_extents float32 T,3 NaN [m] | full side lengths along the axes of the box
        target_pose_world_object float32 T,12 NaN [pose] | world from object
        target_relative_pose_reference_object float32 T,12 NaN [pose] | reference rig from object
        target_valid_mask bool T | target_invalid_reason_bitset is 1
        target_invalid_reason_bitset uint32 T | target reasons as bits; 1 is valid
        target_primary_invalid_reason uint16 T 0 | the reason that decides
        target_reason_code_version_id int32 T -1 >config | version of the target reasons
        matched_gt_target_row_id int64 T -1 | row of the matched target in the source
        matched_gt_target_id int32 T -1 >target | name of the matched target
        gt_match_iou float32 T NaN | overlap of both boxes, 0 to 1
        gt_match_score float32 T NaN | score of the match
        gt_match_status_id int32 T >target_match_status | outcome of the match
        gt_label_valid_mask bool T | status is matched or v0_gt_input, and there is a matched row
        target_crop_policy_id int32 T -1 >config | how the oracle crops points to the target
        target_protocol_version uint8 text | one entry: the protocol of the store
      rollouts | one row per chain of steps
        rollout_row_id int64 R | key, dense from 0
        rollout_id int32 R >rollout | name, <prefix>-<chain>
        chain_id int32 R | number of the chain among those of one target and recipe, from 0
        source_row_id int64 R @sources | the sample it starts from
        root_pose_world float32 R,12 [pose] | world from rig where the chain starts
        root_time_ns int64 R -1 [ns] | time of the root pose
        root_trajectory_index int32 R -1 | index of the root pose in the trajectory
        root_frame_index int32 R -1 | camera frame of the root
        scene_id int32 R >scene | scene
        snippet_id int32 R >snippet | snippet
        target_row_id int64 R @targets | the target to reconstruct
        policy_id int32 R >policy | policy that chose the views
        horizon int16 R | most steps
        branch_factor int16 R | branches per step
        beam_width int16 R -1 | most chains kept; −1 keeps all
        temperature float32 R NaN | temperature of a softmax policy
        random_seed int64 R -1 | seed of the recipe
        termination_reason int32 R >termination_reason | why the chain ended
        final_cumulative_target_rri float32 R NaN | sum over the chosen views
        final_cumulative_scene_rri float32 R NaN | sum over the chosen views
        final_cumulative_target_root_gain float32 R NaN | sum over the chosen views, the undiscounted return
        final_cumulative_scene_root_gain float32 R NaN | sum over the chosen views
        split_id int32 R >split | split, the same in the whole store
      steps | one row per step: the situation before a choice, and the choice
        step_row_id int64 S | key, dense from 0
        rollout_row_id int64 S @rollouts | the chain
        step_index int16 S | place in the chain, from 0
        selected_candidate_row_id int64 S @candidates | the chosen view
        selected_shell_index int32 S | its place among all candidates of the step
        selected_compact_valid_index int32 S | its place among the valid ones
        num_candidates int32 S | candidates of the step
        num_valid_candidates int32 S | valid ones
        cumulative_target_rri float32 S NaN | running sum, this step included
        cumulative_scene_rri float32 S NaN | running sum, this step included
        cumulative_target_root_gain float32 S NaN | running sum, this step included
        cumulative_scene_root_gain float32 S NaN | running sum, this step included
      candidates | one row per candidate view, valid or not, in sampling order
        candidate_row_id int64 N | key, dense from 0
        step_row_id int64 N @steps | the step
        rollout_row_id int64 N @rollouts | the chain
        step_index int16 N | place of the step in the chain
        shell_index int32 N | place among the candidates of the step
        compact_valid_index int32 N -1 | place among the valid ones
        pose_world_cam float32 N,12 [pose] | world from camera
        pose_relative_root float32 N,12 [pose] | root rig from camera
        actor_action_mask bool N | valid: a policy may choose it
        oracle_label_mask bool N | valid, and target_root_gain is finite
        q_train_mask bool N | usable for training: labelled, target valid and matched
        selected_mask bool N | chosen at this step
        strategy_id int32 N -1 | where it looks: view strategies
        position_id int32 N -1 | where it stands: position families
        mixture_id int32 N -1 | component of the candidate mixture, named in the manifest
        sampler_probability float32 N NaN | probability of the row under the sampler
        score_source_id int32 N >score_source | label of the score the policy compared
        invalid_reason_bitset uint32 N | candidate reasons as bits; 1 is valid
        primary_invalid_reason uint16 N | the reason that decides; 0 is valid
        scene_rri float32 N NaN | relative error reduction of the scene at this step
        target_rri float32 N NaN | relative error reduction of the target at this step
        scene_root_gain float32 N NaN | error reduction in units of the scene's error at the root
        target_root_gain float32 N NaN | the reward: error reduction in units of the target's error at the root
        scene_log_error_gain float32 N NaN | ln of error before by error after, scene
        target_log_error_gain float32 N NaN | ln of error before by error after, target
        scene_pm_dist_before float32 N NaN [m²] | accuracy plus completeness of the scene before the view
        scene_pm_dist_after float32 N NaN [m²] | the same after it
        target_pm_dist_before float32 N NaN [m²] | accuracy plus completeness of the target before the view
        target_pm_dist_after float32 N NaN [m²] | the same after it
        target_current_support float32 N NaN [points] | points in the target crop before the view
        target_candidate_support float32 N NaN [points] | points the view adds to the crop
        selection_logits float32 N NaN | logit the policy used
        selection_probabilities float32 N 0 | probability of the choice
        selection_log_probabilities float32 N -Inf | its natural logarithm
      candidate_diagnostics | one row per candidate, in the same order: for audits, never an input
        candidate_row_id int64 N @candidates | the candidate
        position_id int32 N -1 | where it stands: position families
        mesh_distance_m float32 N NaN [m] | camera centre to mesh
        path_min_clearance_m float32 N NaN [m] | least clearance along the move
        path_collision_mask bool N 0 | the straight move hits the mesh
        free_space_margin_m float32 N NaN [m] | margin to the occupied extent
        motion_step_length_m float32 N NaN [m] | length of the move
        motion_height_delta_m float32 N NaN [m] | size of the change of height, without a sign
        motion_backward_step_m float32 N NaN [m] | backward part of the move
        motion_yaw_delta_deg float32 N NaN [°] | change of yaw
        target_distance_m float32 N NaN [m] | camera centre to centre of the target
        target_bearing_yaw_deg float32 N NaN [°] | yaw from viewing direction to target
      selected_depth | one row per step: depth image from the chosen view, seen after the step
        step_row_id int64 D @steps | the step
        candidate_row_id int64 D @candidates | the chosen view
        focal_px float32 D,2 NaN [px] | fx, fy at the stored size
        principal_point_px float32 D,2 NaN [px] | cx, cy at the stored size
        image_size_hw int32 D,2 [px] | height, width
        depth_m float16 D,H,W 0 [m] | depth along the optical axis
        valid_mask bool D,H,W | the pixel is a measurement
      target_eval_crops | points behind the labels, for audits; no rows unless enabled
        crop_row_id int64 K | key, dense from 0
        step_row_id int64 K @steps | the step
        candidate_row_id int64 K -1 @candidates | the candidate of role 1
        source_role_id int32 K | index into source_role_names: points before the view, or of one candidate
        crop_policy_id int32 K -1 >config | how points were cropped
        voxel_size_m float32 K NaN [m] | voxel of the fusion
        max_points int32 K [points] | cap of the crop
        lengths int32 K [points] | points of the row
        points_world float32 K,P,3 0 [m] | points, world; zeros beyond lengths
        mask bool K,P | true for the first lengths points
        source_role_names uint8 text | current_eval, candidate_eval
        crop_policy_dictionary uint8 text | copy of dictionary config
      q_h | training view derived from the tables: one row per step, one column per candidate, padded
        state_step_row_id int64 S @steps | the state
        source_row_id int64 S @sources | its sample
        candidate_row_id int64 S,A -1 @candidates | the actions
        valid_action_mask bool S,A 0 | may be chosen; apply before any maximum
        q_train_mask bool S,A 0 | has a usable one-step label
        target_row_id int64 S @targets | its target
        selected_candidate_index int32 S | column of the chosen action
        position_id int32 S,A -1 | where it stands: position families
        one_step_target_rri float32 S,A NaN | relative error reduction at this step
        one_step_target_root_gain float32 S,A NaN | the one-step label
        invalid_reason_bitset uint32 S,A 0 | candidate reasons as bits; 0 is padding
        td_selected_candidate_row_id int64 S @candidates | the chosen action
        td_reward float32 S | target_root_gain of the chosen action
        td_reward_target_rri float32 S | target_rri of the chosen action
        td_next_step_row_id int64 S -1 @steps | the state after it; −1 at the end of a chain
        td_terminal_mask bool S | nothing follows
        td_discount float32 S | γ, or 0 at the end""";

  private StoreSchemaText() {}
}
