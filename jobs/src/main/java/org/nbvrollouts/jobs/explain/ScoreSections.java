package org.nbvrollouts.jobs.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.oracle.ScoreExplanation;
import org.nbvrollouts.pipeline.oracle.TargetState;
import org.nbvrollouts.pipeline.policy.SelectionDraw;
import org.nbvrollouts.pipeline.render.DepthImage;

/** What a candidate sees, what that does to the error, and whether it was chosen. */
final class ScoreSections {
  private static final String SQUARE_METRES = "m2";

  private final CandidateCase candidate;
  private final Map<String, Double> metrics;

  ScoreSections(CandidateCase candidate) {
    this.candidate = candidate;
    this.metrics = candidate.metrics();
  }

  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Section(
            "view",
            candidate.isValid() ? "View" : "View (not scored: the candidate is invalid)",
            view()));
    if (candidate.isValid()) {
      sections.add(new Section("points", "Points", points()));
      sections.add(new Section("errors", "Errors of the target", errors()));
    }
    sections.add(new Section("score", "Score", score()));
    sections.add(new Section("selection", "Selection", selection()));
    return sections;
  }

  private List<Fact> view() {
    DepthImage image = candidate.node().scoringImage(candidate.shellIndex());
    long hits = 0;
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        hits += image.depth(row, column) == DepthImage.MISS_DEPTH ? 0 : 1;
      }
    }
    return List.of(
        Fact.of("image_width", "columns of the depth image", (long) image.width()),
        Fact.of("image_height", "rows of the depth image", (long) image.height()),
        Fact.of("pixels_hit", "pixels that hit the mesh", hits),
        Fact.of("pixels_valid", "pixels with a valid depth", (long) image.validCount()),
        Fact.of(
            "points_seen",
            "points seen (with the stride)",
            (long) candidate.node().cloud(candidate.shellIndex()).size()));
  }

  private List<Fact> points() {
    TargetState state = candidate.node().targetState();
    ScoreExplanation score = candidate.score();
    long history = candidate.node().history().stream().mapToLong(PointBuffer::size).sum();
    return List.of(
        Fact.of(
            "root_points", "points of the root cloud", (long) candidate.node().rootCloud().size()),
        Fact.of("history_points", "points added by earlier steps", history),
        Fact.of("current_near_crop", "of these within reach of the box", (long) state.rawSupport()),
        Fact.of(
                "target_current_support",
                "current points, cropped and fused",
                (double) state.support())
            .beside(candidate.stored().real("target_current_support")),
        Fact.of(
            "candidate_in_crop", "candidate points in the box", (long) score.insideCrop().size()),
        Fact.of(
                "target_candidate_support",
                "candidate points, cropped and fused",
                (double) score.added().size())
            .beside(candidate.stored().real("target_candidate_support")),
        Fact.of(
            "added_rms_distance",
            "candidate points to the kept faces (rms)",
            Math.sqrt(score.addedAccuracyM2()),
            "m"),
        Fact.of("kept_faces", "faces the target is measured by", (long) score.faces()),
        Fact.of(
            "faces_nearer", "of these nearer to a candidate point", (long) score.facesNearer()));
  }

  private List<Fact> errors() {
    ScoreExplanation score = candidate.score();
    return List.of(
        Fact.of("root_error", "error at the root", candidate.target().rootErrorM2(), SQUARE_METRES),
        Fact.of("accuracy_before", "accuracy before", score.before().accuracy(), SQUARE_METRES),
        Fact.of("accuracy_after", "accuracy after", score.after().accuracy(), SQUARE_METRES),
        Fact.of(
            "completeness_before",
            "completeness before",
            score.before().completeness(),
            SQUARE_METRES),
        Fact.of(
            "completeness_after",
            "completeness after",
            score.after().completeness(),
            SQUARE_METRES),
        stored("target_pm_dist_before", "error before", SQUARE_METRES),
        stored("target_pm_dist_after", "error after", SQUARE_METRES));
  }

  private List<Fact> score() {
    List<Fact> facts = new ArrayList<>();
    facts.add(stored("target_root_gain", "gain, of the root error (the reward)", ""));
    facts.add(stored("target_rri", "relative gain (RRI), of this error", ""));
    facts.add(stored("target_log_error_gain", "logarithmic gain", ""));
    facts.add(stored("scene_root_gain", "gain of the scene", ""));
    facts.add(stored("scene_rri", "relative gain of the scene", ""));
    facts.add(stored("scene_log_error_gain", "logarithmic gain of the scene", ""));
    facts.add(stored("scene_pm_dist_before", "error of the scene before", SQUARE_METRES));
    facts.add(stored("scene_pm_dist_after", "error of the scene after", SQUARE_METRES));
    if (!candidate.isValid()) {
      facts.add(stored("target_pm_dist_before", "error before", SQUARE_METRES));
      facts.add(stored("target_pm_dist_after", "error after", SQUARE_METRES));
      facts.add(stored("target_current_support", "current points", ""));
      facts.add(stored("target_candidate_support", "candidate points", ""));
    }
    return facts;
  }

  /** A stored metric beside the metric of the same name; none of both if it was not computed. */
  private Fact stored(String column, String words, String unit) {
    return Fact.of(column, words, metrics.getOrDefault(column, Double.NaN), unit)
        .beside(candidate.stored().real(column));
  }

  private List<Fact> selection() {
    Optional<Integer> valid = candidate.node().validIndex(candidate.shellIndex());
    Optional<SelectionDraw> draw = candidate.draw();
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("policy", "policy", candidate.origin().recipe().selectionPolicy()));
    facts.add(
        Fact.of("selected_mask", "chosen here", isChosen(valid, draw))
            .beside(candidate.stored().truth("selected_mask")));
    rank(valid).ifPresent(rank -> facts.add(Fact.of("rank", "rank by gain, 1 is best", rank)));
    facts.add(
        Fact.of("num_valid_candidates", "valid candidates", (long) validCount())
            .beside(candidate.step().row().integer("num_valid_candidates")));
    facts.add(
        Fact.of("compact_valid_index", "position among the valid", (long) valid.orElse(-1))
            .beside(candidate.stored().integer("compact_valid_index")));
    facts.add(
        Fact.of("sampler_probability", "share of the table", samplerProbability())
            .beside(candidate.stored().real("sampler_probability")));
    facts.add(chance("selection_logits", "logit", valid, Double.NaN));
    facts.add(chance("selection_probabilities", "probability", valid, 0));
    facts.add(
        chance("selection_log_probabilities", "log probability", valid, Double.NEGATIVE_INFINITY));
    return facts;
  }

  private static boolean isChosen(Optional<Integer> valid, Optional<SelectionDraw> draw) {
    return valid.isPresent() && draw.isPresent() && draw.get().index() == valid.get();
  }

  private double samplerProbability() {
    return candidate
        .node()
        .candidates()
        .samplerProbability()
        .map(column -> column.at(candidate.shellIndex()))
        .orElse(Double.NaN);
  }

  private Fact chance(String column, String words, Optional<Integer> valid, double ofInvalid) {
    double value = ofInvalid;
    Optional<SelectionDraw> draw = candidate.draw();
    if (valid.isPresent() && draw.isPresent()) {
      var distribution = draw.get().distribution();
      value =
          switch (column) {
            case "selection_logits" -> distribution.logits().at(valid.get());
            case "selection_probabilities" -> distribution.probabilities().at(valid.get());
            default -> distribution.logProbabilities().at(valid.get());
          };
    }
    return Fact.of(column, words, value, "").beside(candidate.stored().real(column));
  }

  private int validCount() {
    return candidate.node().candidates().validCount();
  }

  /** One more than the number of valid candidates with a larger gain. */
  private Optional<Long> rank(Optional<Integer> valid) {
    return valid.map(
        index -> {
          double gain = metrics.get("target_root_gain");
          long better = 0;
          for (int shell = 0; shell < candidate.node().candidates().size(); shell++) {
            better +=
                candidate.node().metrics(shell).getOrDefault("target_root_gain", Double.NaN) > gain
                    ? 1
                    : 0;
          }
          return better + 1;
        });
  }
}
