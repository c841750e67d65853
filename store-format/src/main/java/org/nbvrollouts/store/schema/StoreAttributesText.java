package org.nbvrollouts.store.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The attributes of each schema version (specification store 2.6 and 2.7). A line without indent
 * opens the root or a group; every other line is an attribute with name and type.
 */
final class StoreAttributesText {
  /** By group; those of the root under the empty name. */
  static final Map<String, List<AttributeSpec>> V1_0 =
      parse(
          """
          root
            schema_id text | `aria_nbv.rollout_zarr_q_invalidity`
            schema_version text | `1.0-target-rollout-core`
            zarr_format int | 3
            created_at_utc text | UTC to the second; reproducible when the caller fixes the clock
            manifest_path text | `manifest.json`
            manifest_sha256 text | hash of the canonical text of that file; binds it to the store
            manifest_version text | `rollout-store-manifest-v1`
            source_offline_store_version text | version of the source format
            split_manifest_hash text | hash of split name and ordered source rows
            source_split text | the one split of all rollouts; `mixed` without rollouts
            reason_code_version text | version of the candidate reasons
            target_protocol_version text | `v1_observed` or `v0_gt_input`
            return_semantics text | what a return sums: `cumulative_target_root_gain`
            discount_gamma float | γ of `q_h`
            field_retention_policy text | label of what the producer kept
            selected_depth_enabled bool | one depth image per step is mandatory
            selected_depth_width_px int | width of every depth image
            selected_depth_height_px int | height of every depth image
            selected_depth_dtype text | `float16`
            selected_depth_valid_mask_dtype text | `bool`
            selected_depth_units text | `m`
            selected_depth_invalid_fill_value float | 0.0
            selected_depth_codec text | label of the codec; the array documents decide
            selected_depth_chunk_steps int | images per chunk
            selected_depth_role text | `selected_successor_state_history`: history of later steps only
            selected_depth_renderer text | what rendered the images
            selected_depth_znear_m float | near plane, m; NaN is unset
            selected_depth_zfar_m float | far plane, m; NaN is unset
            selected_depth_source_resolution text | `exact_output_size`
            q_h_view_persisted bool | true
            q_h_view_role text | `training_core_derived_cache`
            q_h_source_tables text | tables that `q_h` is derived from
            q_h_reward_metric text | `target_root_gain`
            q_h_return_semantics text | as `return_semantics`
            q_h_horizon int | largest horizon of a rollout, 1 without rollouts
            q_h_chunk_states int | states per chunk
            q_h_state_count int | S
            q_h_max_candidates int | A
            num_sources int | n
            num_targets int | T
            num_rollouts int | R
            num_steps int | S
            num_candidates int | N
            candidate_diagnostics_enabled bool | true
            candidate_diagnostics_role text | `audit_rerun_only`
            candidate_diagnostics_unavailable_float text | the text `NaN`
            candidate_diagnostics_unavailable_bool text | the text `false`
            num_candidate_diagnostics int | N
            num_selected_depths int | D
            target_eval_crops_enabled bool | crops are stored
            target_eval_crops_role text | `oracle_eval_only`
            target_eval_crops_coordinate_frame text | `world`
            target_eval_crops_max_points int | P
            target_eval_crops_num_rows int | K
            num_q_h_states int | S
          selected_depth
            enabled bool | as the root attribute
            width_px int | as the root attribute
            height_px int | as the root attribute
            depth_dtype text | `float16`
            valid_mask_dtype text | `bool`
            units text | `m`
            invalid_fill_value float | 0.0
            codec text | as the root attribute
            chunk_steps int | as the root attribute
            role text | as the root attribute
            renderer text | as the root attribute
            znear_m float | as the root attribute
            zfar_m float | as the root attribute
            source_resolution text | as the root attribute
          target_eval_crops
            enabled bool | as the root attribute
            role text | as the root attribute
            coordinate_frame text | as the root attribute
            points_dtype text | `float32`
            mask_dtype text | `bool`
            max_points int | P
            source_roles text | `current_eval,candidate_eval`
            retention text | `sampled_audit` if enabled, else `disabled_training_core`
          q_h
            view_role text | as the root attribute
            source_tables text | as the root attribute
            td_semantics text | `selected_transition_only`: only the chosen action has a successor
            reward_metric text | as the root attribute
            return_semantics text | as the root attribute
            td_reward_target_rri_role text | `diagnostic_state_relative_rri`
            state_count int | S
            max_candidates int | A
            horizon int | as `q_h_horizon` of the root
            discount_gamma float | as the root attribute
            chunk_states int | as `q_h_chunk_states` of the root""");

  private StoreAttributesText() {}

  private static Map<String, List<AttributeSpec>> parse(String text) {
    Map<String, List<AttributeSpec>> groups = new LinkedHashMap<>();
    List<AttributeSpec> attributes = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int bar = line.indexOf(" | ");
      if (bar < 0) {
        attributes = new ArrayList<>();
        groups.put(line.equals("root") ? "" : line, attributes);
      } else {
        String[] words = line.substring(0, bar).trim().split(" ", -1);
        attributes.add(new AttributeSpec(words[0], type(words[1]), line.substring(bar + 3)));
      }
    }
    groups.replaceAll((group, parsed) -> List.copyOf(parsed));
    return groups;
  }

  private static AttributeSpec.JsonType type(String word) {
    return switch (word) {
      case "text" -> AttributeSpec.JsonType.TEXT;
      case "bool" -> AttributeSpec.JsonType.TRUTH;
      case "int" -> AttributeSpec.JsonType.INTEGER;
      case "float" -> AttributeSpec.JsonType.FLOAT;
      default -> throw new IllegalStateException("Invalid type: " + word);
    };
  }
}
