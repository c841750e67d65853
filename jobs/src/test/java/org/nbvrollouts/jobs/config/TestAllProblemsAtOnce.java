package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;

/** One file with a mistake of every kind in every table. */
class TestAllProblemsAtOnce {
  private static final String TOML =
      """
      target_source = "actor_visible_selector"
      min_valid_root_candidates = -1
      require_label_valid = "yes"
      colour = "red"
      "run.verify" = "full"
      recipe_profile = "ignored"
      [source]
      limit = 0
      splitt = "train"
      [selected_depth]
      width_px = 9000
      chunk_steps = 1.5
      [store]
      target_protocol_version = "v0_gt_input"
      discount_gamma = 1.5
      return_semantics = "sum"
      [oracle_target_task_sampler]
      min_identity_iou = 2
      [target_selector]
      k = 0
      min_support_points = 200
      require_projected_visibility = true
      min_projected_area_pixels = 1e6
      [candidate_mixture.base]
      camera_label = "slaml"
      seed = "none"
      seed_mode = "seed-once"
      min_radius = 2
      max_elev_deg = -80
      kapa = 1
      [target_scorer]
      reward_mode = ["state_relative_rri"]
      eval_camera_label = "slaml"
      [target_scorer.depth]
      output_width_px = 48
      renderer = {znear = 30, blur_radius = 1}
      resolution_scale = nan
      [target_scorer.oracle]
      min_triangle_area_m2 = {a = 1}
      [run]
      parallelism = 3000000000
      roll_forward = 1
      [storage]
      layout = {a = 1}
      publish = 3
      [[candidate_mixture.components]]
      name = " "
      count = 80
      view_mode = "backward"
      min_elev_deg = 20
      max_elev_deg = 10
      [[candidate_mixture.components]]
      name = "b"
      count = 3
      strategy = "radial_away"
      view_mode = "radial_away"
      [[recipes]]
      name = "a"
      selection_policy = "oracle_gredy"
      horizon = 0
      branch_factor_schedule = [2]
      stochastic_branch_factors = [1, 2]
      stochastic_branch_probabilities = [1.0]
      proposal_replica = 1
      [[recipes]]
      name = "a"
      beam_width = 0
      selection_policy = "random"
      stochastic_branch_probabilities = [1.0]
      [[recipes]]
      name = "b c"
      policy.horizon = 2
      """;

  private static final String MESSAGES =
      """
      Invalid min_valid_root_candidates: -1 (expected integer at least 0, @2)
      Invalid require_label_valid: "yes" (expected true or false, @3)
      Unknown key: colour (docs/configuration.md lists every key, @4)
      Unknown key: "run.verify" (in quotes it is one name; write run.verify without quotes, @5)
      Invalid source.limit: 0 (expected integer at least 1, @8)
      Unknown key: source.splitt (did you mean source.split?, @9)
      Invalid selected_depth.width_px: 9000 (expected integer between 1 and 8192, @11)
      Invalid selected_depth.chunk_steps: 1.5 (expected integer at least 1, @12)
      Invalid store.target_protocol_version: v0_gt_input (expected v1_observed in [store] while \
      target_selector.source_mode is v1_actor_visible, @14)
      Invalid store.discount_gamma: 1.5 (expected number between 0 and 1, @15)
      Invalid store.return_semantics: sum (expected cumulative_target_root_gain, @16)
      Invalid oracle_target_task_sampler.min_identity_iou: 2 (expected number between 0 and 1, @18)
      Invalid target_selector.k: 0 (expected integer at least 1, @20)
      Invalid target_selector.min_support_points: 200 (expected less than \
      support_saturation_points, which is 128, @21)
      Invalid target_selector.min_projected_area_pixels: 1000000.0 (expected at most the 57600.0 \
      square pixels of image_width × image_height, @23)
      Invalid candidate_mixture.base.camera_label: slaml (expected rgb, the only camera that \
      sources hold a calibration of, @25)
      Invalid candidate_mixture.base.seed: "none" (expected integer at least 0, @26)
      Invalid candidate_mixture.base.min_radius: 2.0 (expected at most max_radius, which is 1.25, \
      @28)
      Invalid candidate_mixture.base.max_elev_deg: -80.0 (expected at least min_elev_deg, which is \
      -12.0, @29)
      Unknown key: candidate_mixture.base.kapa (did you mean candidate_mixture.base.kappa?, @30)
      Invalid target_scorer.reward_mode: ["state_relative_rri"] (expected text, one of \
      root_normalized_gain, state_relative_rri, @32)
      Invalid target_scorer.eval_camera_label: slaml (expected rgb, @33)
      Invalid target_scorer.depth.output_width_px: 48 (expected output_height_px beside it, or \
      neither, @35)
      Invalid target_scorer.depth.renderer.znear: 30.0 (expected less than zfar, which is 20.0, @36)
      Invalid target_scorer.depth.resolution_scale: NaN (expected number greater than 0 and at \
      most 16, @37)
      Invalid target_scorer.oracle.min_triangle_area_m2: a table (expected number at least 0, @39)
      Invalid run.parallelism: 3000000000 (expected integer at least 1, at most 2147483647, @41)
      Invalid run.roll_forward: 1 (expected true or false, @42)
      Invalid storage.layout: a table (expected text, one of auto, directory, packed, @44)
      Invalid storage.publish: 3 (expected text, one of auto, rename, pointer, @45)
      Invalid candidate_mixture.components[].name: " " (expected text that is not blank, @47)
      Invalid target_scorer.depth.max_candidates_final: 60 (expected at least 83, the candidates \
      that the components count, @48)
      Invalid candidate_mixture.components[].view_mode: backward (expected one of forward_rig, \
      radial_away, radial_towards, target_point, @49)
      Invalid candidate_mixture.components[].max_elev_deg: 10.0 (expected at least min_elev_deg, \
      which is 20.0, @51)
      Invalid candidate_mixture.components[].view_mode: radial_away (expected one spelling of \
      candidate_mixture.components[].view_mode; line 55 has it too, @56)
      Invalid recipes[].selection_policy: oracle_gredy (expected one of oracle_greedy, \
      farthest_from_history, farthest_from_reference, random_valid, random, temperature_softmax, \
      @59)
      Invalid recipes[].horizon: 0 (expected integer at least 1, @60)
      Invalid recipes[].branch_factor_schedule: [2] (expected no schedule beside \
      stochastic_branch_factors, @61)
      Invalid recipes[].stochastic_branch_probabilities: [1.0] (expected one per stochastic branch \
      factor with a positive sum, @63)
      Invalid recipes[].proposal_replica: 1 (expected 0 with seed_mode seed-once, which has one \
      table for all, @64)
      Invalid recipes[].name: a (expected a name of its own; line 58 has it too, @66)
      Invalid recipes[].beam_width: 0 (expected integer at least 1, @67)
      Invalid recipes[].stochastic_branch_probabilities: [1.0] (expected one per stochastic branch \
      factor with a positive sum, @69)
      Missing recipes[].selection_policy (expected one of oracle_greedy, farthest_from_history, \
      farthest_from_reference, random_valid, random, temperature_softmax, @70)
      Invalid recipes[].name: b c (expected letters, digits, '.', '_' and '-', starting with a \
      letter or digit, @71)\
      """;

  @Test
  void everyMistakeIsToldOnceWithItsLineAndNothingElse() {
    assertThatThrownBy(() -> new CampaignConfig.Text("bad.toml", TOML).parse())
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(MESSAGES.replaceAll("@(\\d+)", "file=bad.toml, line=$1"));
  }
}
