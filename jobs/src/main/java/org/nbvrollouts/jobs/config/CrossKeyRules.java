package org.nbvrollouts.jobs.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nbvrollouts.pipeline.candidate.SeedMode;
import org.nbvrollouts.pipeline.rollout.RolloutGenerationConfig;
import org.nbvrollouts.pipeline.rollout.RolloutRecipeConfig;
import org.nbvrollouts.pipeline.target.TargetSourceConfig;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * Finds keys that contradict each other, after each has been accepted on its own. A key that was
 * refused takes part in no rule: one mistake is told once.
 */
final class CrossKeyRules {
  private static final Pattern REFUSAL =
      Pattern.compile("Invalid (\\w+): (.*) \\(expected (.*)\\)");
  private static final String SEED_MODE = "candidate_mixture.base.seed_mode";
  private static final String DEPTH = "target_scorer.depth.";

  private final ConfigTable table;
  private final ConfigProblems problems;

  private CrossKeyRules(ConfigTable table, ConfigProblems problems) {
    this.table = table;
    this.problems = problems;
  }

  static void check(ConfigTable table, ConfigProblems problems) {
    CrossKeyRules rules = new CrossKeyRules(table, problems);
    new CandidateKeyRules(table, problems).check();
    rules.checkOutputSize();
    rules.checkClips();
    table.tables(WriterKeys.RECIPES).forEach(rules::checkRecipe);
    rules.checkTargets();
    if (problems.isEmpty()) {
      rules.checkWriter();
    }
  }

  private void checkOutputSize() {
    String width = DEPTH + "output_width_px";
    String height = DEPTH + "output_height_px";
    if (table.isSound(width)
        && table.isSound(height)
        && table.optionalCount(width).isPresent() != table.optionalCount(height).isPresent()) {
      boolean hasWidth = table.optionalCount(width).isPresent();
      String present = hasWidth ? width : height;
      problems.invalid(
          present,
          table.value(present),
          (hasWidth ? "output_height_px" : "output_width_px") + " beside it, or neither",
          table.lineOf(present));
    }
  }

  private void checkClips() {
    String near = DEPTH + "renderer.znear";
    String far = DEPTH + "renderer.zfar";
    if (table.isSound(near) && table.isSound(far) && table.number(far) <= table.number(near)) {
      boolean isFarLast = table.lineOf(far) >= table.lineOf(near);
      problems.invalid(
          isFarLast ? far : near,
          table.value(isFarLast ? far : near),
          isFarLast
              ? "more than znear, which is " + table.number(near)
              : "less than zfar, which is " + table.number(far),
          table.lineOf(isFarLast ? far : near));
    }
  }

  /** A recipe knows the rules between its keys; its refusal is told with the line of the key. */
  private void checkRecipe(ConfigTable recipe) {
    if (!recipe.isSound()) {
      return;
    }
    try {
      RolloutRecipeConfig bound = WriterBinder.recipe(recipe);
      if (table.isSound(SEED_MODE)) {
        RolloutGenerationConfig.checkReplica(bound, SeedMode.ofKey(table.text(SEED_MODE)));
      }
    } catch (RefusedInputException refused) {
      Matcher parts = partsOf(refused);
      String name = parts.group(1);
      int line = recipe.isWritten(name) ? recipe.lineOf(name) : recipe.line();
      problems.invalid(WriterKeys.RECIPES + "[]." + name, parts.group(2), parts.group(3), line);
    }
  }

  /** Rules about targets, which are told beside what else is wrong. */
  private void checkTargets() {
    if (!table.isSound()) {
      return;
    }
    check(
        () -> {
          TargetSourceConfig source = new TargetBinder(table).source();
          check(() -> source.checkProtocol(table.text("store.target_protocol_version")));
          check(() -> checkLabels(source));
        });
  }

  private void checkLabels(TargetSourceConfig source) {
    if (table.flag("require_label_valid")) {
      RolloutGenerationConfig.requireLabels(source);
    }
  }

  private void checkWriter() {
    check(() -> new WriterBinder(table).writer());
  }

  /** What only the records know is told with the line of the key that they name. */
  private void check(Runnable rule) {
    try {
      rule.run();
    } catch (RefusedInputException refused) {
      Matcher parts = partsOf(refused);
      String path =
          table.writtenPaths().stream()
              .filter(written -> ("." + written).endsWith("." + parts.group(1)))
              .findFirst()
              .orElse(parts.group(1));
      problems.invalid(path, parts.group(2), parts.group(3), table.lineOf(path));
    }
  }

  private static Matcher partsOf(RefusedInputException refused) {
    Matcher parts = REFUSAL.matcher(refused.getMessage());
    if (!parts.matches()) {
      throw refused;
    }
    return parts;
  }
}
