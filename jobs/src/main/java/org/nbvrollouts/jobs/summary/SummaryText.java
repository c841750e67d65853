package org.nbvrollouts.jobs.summary;

import static org.nbvrollouts.jobs.summary.TextTable.count;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Renders a summary as plain text tables, less than 80 ASCII characters wide. */
public final class SummaryText {
  private static final double PERCENT = 100.0;
  private static final double MEGA = 1e6;
  private static final double MILLI = 1e-3;

  /** Reasons in words; a name without words is shown as it is. */
  private static final Map<String, String> REASONS =
      Map.of(
          "POSE_NONFINITE", "pose is not finite",
          "POSE_OUT_OF_EXTENT", "outside the known space",
          "CLEARANCE_TOO_SMALL", "too close to a surface",
          "PATH_SEGMENT_COLLISION", "something is in the way",
          "SAMPLER_RULE_REJECTED", "move or turn too large");

  /** Stages in the order they run, with what they do. */
  private static final List<Stage> STAGES =
      List.of(
          new Stage("read", "read source rows"),
          new Stage("mesh", "load meshes, build their trees"),
          new Stage("targets", "choose targets"),
          new Stage("root_cloud", "reconstruct what was seen"),
          new Stage("candidates", "draw and check candidates"),
          new Stage("render", "render candidate depth"),
          new Stage("target_score", "score targets"),
          new Stage("scene_score", "score scenes"),
          new Stage("selection", "choose views"),
          new Stage("selected_depth", "render kept depth images"),
          new Stage("write", "write stores"),
          new Stage("validate", "read back and validate"),
          new Stage("seal", "seal stores"),
          new Stage("force", "force stores to disk"));

  private SummaryText() {}

  private record Stage(String key, String words) {}

  /** The whole summary. */
  public static List<String> lines(CampaignSummary summary) {
    List<String> lines = new ArrayList<>();
    lines.addAll(contents(summary));
    lines.add("");
    lines.addAll(validity(summary.content()));
    lines.add("");
    lines.addAll(gains(summary.content()));
    lines.add("");
    lines.addAll(returns(summary.content()));
    lines.add("");
    lines.addAll(time(summary.timingsMs()));
    return lines;
  }

  /** What one store holds. */
  public static List<String> lines(StoreSummary store) {
    TextTable table = new TextTable(2);
    table.row("Source rows with rollouts", count(store.rows()));
    tableRows(table, store);
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.addAll(validity(store));
    lines.add("");
    lines.addAll(gains(store));
    lines.add("");
    lines.addAll(returns(store));
    return lines;
  }

  private static void tableRows(TextTable table, StoreSummary content) {
    table.row("Targets", count(content.targets()));
    table.row("Rollouts", count(content.rollouts()));
    table.row("Steps", count(content.steps()));
    table.row("Candidates", count(content.candidates()));
  }

  private static List<String> contents(CampaignSummary summary) {
    StoreSummary content = summary.content();
    TextTable table = new TextTable(2);
    table.row("Shards committed and validated", count(summary.shards()));
    table.row("Source rows", count(summary.sourceRows()));
    summary
        .rowsWithoutRollouts()
        .forEach((reason, rows) -> table.row("  without rollouts: " + reason, count(rows)));
    tableRows(table, content);
    table.row(
        "Size on disk",
        String.format(
            Locale.ROOT,
            "%.1f MB in %s files",
            summary.storage().bytes() / MEGA,
            count(summary.storage().files())));
    return table.lines();
  }

  private static List<String> validity(StoreSummary content) {
    TextTable table = new TextTable(3);
    table.row("Candidates", "number", "share");
    table.rule();
    table.row("valid", count(content.validCandidates()), share(content.validCandidates(), content));
    content.invalidByReason().entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(
            entry ->
                table.row(
                    REASONS.getOrDefault(entry.getKey(), entry.getKey()),
                    count(entry.getValue()),
                    share(entry.getValue(), content)));
    return table.lines();
  }

  private static List<String> gains(StoreSummary content) {
    TreeSet<Integer> steps = new TreeSet<>();
    TreeSet<String> recipes = new TreeSet<>();
    content
        .gains()
        .keySet()
        .forEach(
            key -> {
              steps.add(key.step());
              recipes.add(key.recipe());
            });
    TextTable table = new TextTable(1 + steps.size());
    List<String> header = new ArrayList<>(List.of("Mean gain per step (share of root error)"));
    steps.forEach(step -> header.add("step " + (step + 1)));
    table.row(header.toArray(String[]::new));
    table.rule();
    for (String recipe : recipes) {
      List<String> cells = new ArrayList<>(List.of(recipe));
      for (int step : steps) {
        GainStats stats = content.gains().get(new StoreSummary.StepOfRecipe(recipe, step));
        cells.add(stats == null ? "" : signed(stats.mean()));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table.lines();
  }

  private static List<String> returns(StoreSummary content) {
    TextTable table = new TextTable(5);
    table.row("Mean return of chains", "chains", "gains", "end point", "apart");
    table.rule();
    content
        .returns()
        .forEach(
            (recipe, stats) ->
                table.row(
                    recipe,
                    count(stats.chains()),
                    signed(stats.meanSumOfGains()),
                    signed(stats.meanEndPointGain()),
                    String.format(Locale.ROOT, "%.1e", stats.mostApart())));
    return table.lines();
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.4f", value);
  }

  private static List<String> time(Map<String, Long> timingsMs) {
    TextTable table = new TextTable(2);
    table.row("Where the time went, all cores", "seconds");
    table.rule();
    for (Stage stage : STAGES) {
      Long milliseconds = timingsMs.get(stage.key());
      if (milliseconds != null && milliseconds > 0) {
        table.row(stage.words(), String.format(Locale.ROOT, "%.1f", milliseconds * MILLI));
      }
    }
    return table.lines();
  }

  private static String share(long part, StoreSummary content) {
    return content.candidates() == 0
        ? ""
        : String.format(Locale.ROOT, "%.1f %%", PERCENT * part / content.candidates());
  }
}
