package org.nbvrollouts.jobs.shard;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nbvrollouts.pipeline.rollout.SampleOutcome;
import org.nbvrollouts.pipeline.rollout.SampleRollouts;
import org.nbvrollouts.store.manifest.SourceOutcome;

/** Turns what generation says about a row into what the owner sidecar keeps (campaign C-7). */
final class SourceOutcomes {
  private SourceOutcomes() {}

  static SourceOutcome of(int order, SampleRollouts rollouts) {
    SampleOutcome outcome = rollouts.outcome();
    Map<String, Long> skips = rollouts.stats().skippedReasons();
    long chains = rollouts.stats().rolloutsWritten();
    if (chains > 0) {
      String cloud = outcome.rootCloud().map(SampleOutcome.RootCloudChoice::source).orElse("");
      return SourceOutcome.generated(order, chains, cloud, skips);
    }
    return SourceOutcome.insufficientSupport(order, reason(outcome), detail(outcome), skips);
  }

  /** Why the row, or else its first target or recipe, was skipped. */
  private static String reason(SampleOutcome outcome) {
    return outcome
        .skipReason()
        .or(
            () ->
                outcome.targets().stream()
                    .flatMap(
                        target ->
                            Stream.concat(
                                target.skipReason().stream(),
                                target.recipes().stream()
                                    .map(SampleOutcome.RecipeOutcome::skipReason)
                                    .flatMap(Optional::stream)))
                    .findFirst())
        .orElse("no_records");
  }

  private static String detail(SampleOutcome outcome) {
    return outcome.targets().stream()
        .map(target -> target.targetId() + ": " + detail(target))
        .collect(Collectors.joining("; "));
  }

  private static String detail(SampleOutcome.TargetOutcome target) {
    return target
        .skipReason()
        .map(reason -> target.detail().isEmpty() ? reason : reason + " (" + target.detail() + ")")
        .orElseGet(
            () ->
                target.recipes().stream()
                    .map(recipe -> recipe.skipReason().orElse("no chain"))
                    .distinct()
                    .collect(Collectors.joining(", ")));
  }
}
