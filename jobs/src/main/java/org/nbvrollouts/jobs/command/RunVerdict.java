package org.nbvrollouts.jobs.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.nbvrollouts.jobs.campaign.CampaignRunResult;
import org.nbvrollouts.jobs.campaign.Durations;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.error.ErrorCode;
import org.nbvrollouts.store.status.CampaignTotals;
import org.nbvrollouts.store.status.ShardState;

/** What a run came to, as a sentence and as an exit code (specification campaign 10.2). */
final class RunVerdict {
  /** Most urgent first. */
  private static final List<Integer> URGENCY =
      List.of(
          ExitCode.INTERNAL,
          ErrorCode.REFUSED_INPUT.exitStatus(),
          ExitCode.DIVERGENT,
          ExitCode.INVALID,
          ErrorCode.ENVIRONMENT.exitStatus(),
          ExitCode.UNFINISHED);

  private RunVerdict() {}

  static int exitCode(CampaignRunResult result, CampaignTotals status) {
    Set<Integer> codes = new TreeSet<>();
    result.endings().keySet().forEach(ending -> codes.add(codeOf(ending)));
    if (result.divergent() > 0 || status.divergent() > 0) {
      codes.add(ExitCode.DIVERGENT);
    }
    codes.add(codeOf(status));
    if (status.isComplete() && status.counts().rollouts() == 0) {
      codes.add(ExitCode.INVALID);
    }
    return URGENCY.stream().filter(codes::contains).findFirst().orElse(ExitCode.OK);
  }

  static String words(CampaignRunResult result, CampaignTotals status) {
    long done = status.count(ShardState.SUCCEEDED);
    StringBuilder words = new StringBuilder();
    words.append(done + " of " + Count.of(status.shards(), "shard") + " finished");
    words.append(
        String.format(
            Locale.ROOT,
            ", %d built now, %d done before",
            result.count(AttemptOutcome.COMMITTED),
            result.count(AttemptOutcome.SKIPPED_CURRENT)));
    long others = result.count(AttemptOutcome.LOST_RACE);
    if (others > 0) {
      words.append(", ").append(others).append(" by another attempt meanwhile");
    }
    words.append(", ").append(Durations.words(result.durationMs()));
    if (status.isComplete() && status.counts().rollouts() == 0) {
      words.append("; no source row gave a rollout, source_outcomes in _owner.json say why");
    }
    return words.toString();
  }

  /** What the shards that are not finished mean, the most urgent of it. */
  private static int codeOf(CampaignTotals status) {
    if (status.count(ShardState.INCOMPLETE) > status.incompleteForStorage()) {
      return ErrorCode.REFUSED_INPUT.exitStatus();
    }
    if (status.incompleteForStorage() > 0) {
      return ErrorCode.ENVIRONMENT.exitStatus();
    }
    return status.isComplete() ? ExitCode.OK : ExitCode.UNFINISHED;
  }

  static int codeOf(RolloutShardRunResult.Unfinished unfinished) {
    return codeOf(
        new CampaignRunResult.Ending(
            unfinished.outcome(), Optional.of(unfinished.failure().kind())));
  }

  private static int codeOf(CampaignRunResult.Ending ending) {
    return switch (ending.outcome()) {
      case COMMITTED, SKIPPED_CURRENT, LOST_RACE -> ExitCode.OK;
      case SEALED, CANCELLED, TIMED_OUT, QUARANTINED -> ExitCode.UNFINISHED;
      case REFUSED -> ErrorCode.REFUSED_INPUT.exitStatus();
      case INSUFFICIENT_SUPPORT -> ExitCode.INVALID;
      case FAILED ->
          ending.failure().map(kind -> kind.errorCode().exitStatus()).orElse(ExitCode.UNFINISHED);
    };
  }
}
