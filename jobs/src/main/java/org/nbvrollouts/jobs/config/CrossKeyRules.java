package org.nbvrollouts.jobs.config;

/**
 * Finds keys that contradict each other, after each has been accepted on its own. What passes can
 * be made into the records of a campaign.
 */
final class CrossKeyRules {
  private CrossKeyRules() {}

  /** Checks every rule, whatever else is wrong. */
  static void check(ConfigTable table, ConfigProblems problems) {
    RuleChecker rules = new RuleChecker(problems);
    new CandidateKeyRules(table, rules).check();
    new ScorerKeyRules(table, rules).check();
    new RecipeKeyRules(table, rules).check();
    new TargetKeyRules(table, rules).check();
    new StorageKeyRules(table, rules).check();
  }
}
