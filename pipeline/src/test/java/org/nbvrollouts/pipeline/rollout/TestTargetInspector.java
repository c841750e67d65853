package org.nbvrollouts.pipeline.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.candidate.CandidateExplanation;
import org.nbvrollouts.pipeline.candidate.RuleMeasurement;
import org.nbvrollouts.pipeline.candidate.RuleMeasurement.Answer;
import org.nbvrollouts.pipeline.oracle.ScoreExplanation;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.target.SelectedTarget;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.RolloutTrajectory;
import org.nbvrollouts.store.source.SourceSample;

/** What is said of a candidate is what generation did with it. */
class TestTargetInspector {
  private static final RolloutRecipeConfig RECIPE =
      RolloutRecipeConfig.of("temperature_softmax", "temperature_softmax").withBeam(2);
  private static final RolloutGenerationConfig CONFIG = RoomFixture.config(List.of(RECIPE));
  private static SceneMesh mesh;
  private static SelectedTarget target;
  private static TargetInspector inspector;
  private static List<RolloutTrajectory> chains;

  @BeforeAll
  static void generate() throws UnscorableTargetException {
    mesh = RoomFixture.sceneMesh(0.15);
    SourceSample sample = RoomFixture.sample();
    target = CONFIG.targetSource().newTargetSource().select(sample).selected().get(0);
    inspector = TargetInspector.of(CONFIG, sample, mesh, target);
    chains =
        new SampleRolloutGenerator(CONFIG, () -> 0)
            .generate(sample, mesh, RoomFixture.LINEAGE)
            .records()
            .get(0)
            .result()
            .trajectories();
  }

  @Test
  void everyCandidateOfEveryStoredStepIsTheStoredOne() throws UnscorableTargetException {
    for (RolloutTrajectory chain : chains) {
      for (RolloutStepRecord step : chain.steps()) {
        InspectedNode node = node(chain, step.stepIndex());
        assertThat(node.candidates()).isEqualTo(step.candidates());
        for (int shell = 0; shell < step.candidates().size(); shell++) {
          assertExplained(node, step, shell);
        }
      }
    }
  }

  private static void assertExplained(InspectedNode node, RolloutStepRecord step, int shell)
      throws UnscorableTargetException {
    CandidateShell table = step.candidates();
    CandidateExplanation why = node.explanation(shell);
    assertThat(why.worldFromCamera()).isEqualTo(table.worldFromCamera().get(shell));
    assertThat(why.isValid()).isEqualTo(table.valid().at(shell));
    assertThat(measured(why, RuleMeasurement.Quantity.MESH_DISTANCE))
        .isEqualTo(table.extras().get("min_distance_to_mesh").at(shell));
    double stored = table.extras().get("path_min_clearance_m").at(shell);
    if (!Double.isNaN(stored)) {
      assertThat(measured(why, RuleMeasurement.Quantity.PATH_CLEARANCE)).isEqualTo(stored);
      assertThat(
              why.path().stream()
                  .mapToDouble(CandidateExplanation.PathPoint::meshDistanceMetres)
                  .min())
          .hasValue(stored);
    }
    Optional<Integer> valid = node.validIndex(shell);
    assertThat(valid.isPresent()).isEqualTo(why.isValid());
    Map<String, Double> metrics = node.metrics(shell);
    assertThat(metrics.isEmpty()).isEqualTo(valid.isEmpty());
    if (valid.isPresent()) {
      ScoreExplanation score = node.score(shell);
      assertThat(score.after().accuracy()).isEqualTo(metrics.get("target_pm_acc_after"));
      assertThat(score.after().completeness()).isEqualTo(metrics.get("target_pm_comp_after"));
      assertThat(score.added().size())
          .isEqualTo(metrics.get("target_candidate_support").intValue());
      step.metricVectors()
          .forEach(
              (name, values) -> assertThat(metrics.get(name)).isEqualTo(values.at(valid.get())));
    }
  }

  @Test
  void theChoiceOfTheStoreIsAmongTheDraws() throws UnscorableTargetException {
    for (RolloutTrajectory chain : chains) {
      for (RolloutStepRecord step : chain.steps()) {
        InspectedNode node = node(chain, step.stepIndex());
        assertThat(node.draws())
            .filteredOn(draw -> draw.index() == step.selectedValidIndex())
            .singleElement()
            .satisfies(
                draw -> assertThat(Optional.of(draw.distribution())).isEqualTo(step.selection()));
      }
    }
  }

  @Test
  void rulesAfterTheFailingOneAreMeasuredButNotAsked() throws UnscorableTargetException {
    InspectedNode node = node(chains.get(0), 0);
    int rejected = 0;
    for (int shell = 0; shell < node.candidates().size(); shell++) {
      CandidateExplanation why = node.explanation(shell);
      if (!why.isValid()) {
        rejected++;
        String failing = why.firstFailure().orElseThrow().rule();
        boolean after = false;
        for (RuleMeasurement rule : why.rules()) {
          boolean isFailing = rule.rule().equals(failing);
          assertThat(rule.measured()).isNotNaN();
          assertThat(rule.answer() == Answer.NOT_ASKED).isEqualTo(after && !isFailing);
          after |= isFailing;
        }
      }
    }
    assertThat(rejected).isPositive();
  }

  @Test
  void aDrawFollowsFromItsUniformNumbers() throws UnscorableTargetException {
    InspectedNode node = node(chains.get(0), 0);
    for (int shell = 0; shell < node.candidates().size(); shell++) {
      var draw = node.explanation(shell).draw();
      assertThat(draw.row()).isEqualTo(shell % 4);
      assertThat(draw.component()).isEqualTo(shell / 4);
      assertThat(draw.radiusMetres()).isBetween(0.25 - 1e-9, 1.25 + 1e-9);
      assertThat((draw.radiusMetres() - 0.25) / 1.0)
          .isCloseTo(draw.uniforms().radius(), offset(1e-9));
    }
  }

  @Test
  void aTargetWithoutATrueBoxIsRefused() {
    SelectedTarget unmatched =
        new SelectedTarget(
            target.actor(),
            Optional.empty(),
            target.row(),
            target.scores(),
            target.match(),
            target.reasons());
    assertThatThrownBy(() -> TargetInspector.of(CONFIG, RoomFixture.sample(), mesh, unmatched))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot inspect target: it has no true box (target=" + target.actor().targetId() + ")");
  }

  private static double measured(CandidateExplanation why, RuleMeasurement.Quantity quantity) {
    return why.rules().stream()
        .filter(rule -> rule.quantity() == quantity)
        .mapToDouble(RuleMeasurement::measured)
        .findFirst()
        .orElseThrow();
  }

  private static InspectedNode node(RolloutTrajectory chain, int step)
      throws UnscorableTargetException {
    return inspector.node(
        RECIPE,
        chain.steps().subList(0, step).stream()
            .map(RolloutStepRecord::selectedShellIndex)
            .toList());
  }
}
