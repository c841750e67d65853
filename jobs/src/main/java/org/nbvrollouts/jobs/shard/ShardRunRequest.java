package org.nbvrollouts.jobs.shard;

import java.io.Serializable;
import java.util.List;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.store.commit.CommitPolicy.CommittedBy;
import org.nbvrollouts.store.commit.ShardAttempt;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.StorageOptions;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.zarr.StoreLayout;

/**
 * Everything a process needs to run shards of one campaign; small enough to travel with every task.
 * It holds no secret and no open resource.
 *
 * @param campaignId the campaign
 * @param runId of this run, from {@link ShardRunner#newRunId}
 * @param config campaign file, parsed again where it is used
 * @param finalRoot where shards are published
 * @param layout how new stores are laid out
 * @param source folder of the source, or empty for the one each entry names
 * @param verify how finished work is checked before it is skipped
 * @param rollForward finish the commit of an attempt that died in it
 * @param deadlineMs longest attempt
 * @param argv the command, for the store manifest
 * @param publish {@code auto}, {@code rename} or {@code pointer}
 * @param committedBy who creates markers
 * @param storage how the final root is reached
 */
public record ShardRunRequest(
    String campaignId,
    String runId,
    CampaignConfig.Text config,
    StoreLocation finalRoot,
    StoreLayout layout,
    String source,
    VerifyLevel verify,
    boolean rollForward,
    long deadlineMs,
    List<String> argv,
    String publish,
    CommittedBy committedBy,
    StorageOptions storage)
    implements Serializable {
  public ShardRunRequest {
    argv = List.copyOf(argv);
  }

  /**
   * The id of an attempt of this run.
   *
   * @param random six hex digits
   */
  String attemptId(long taskAttemptId, String random) {
    return ShardAttempt.idOf(taskAttemptId, runId + random);
  }

  /** Whether an attempt is one of this run, by its id. */
  public boolean isOfThisRun(String attemptId) {
    return attemptId.startsWith(runId, attemptId.indexOf('-') + 1);
  }
}
