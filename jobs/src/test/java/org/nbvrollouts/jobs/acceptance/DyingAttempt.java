package org.nbvrollouts.jobs.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import org.nbvrollouts.jobs.shard.HookedRunners;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/** A process that runs one attempt and is gone, without any handler, just before its commit. */
final class DyingAttempt {
  /** What a shell says of a process that was killed. */
  static final int KILLED = 137;

  private DyingAttempt() {}

  /**
   * Runs the attempt.
   *
   * @param arguments campaign file, plan, final root, shard
   */
  public static void main(String[] arguments) throws IOException {
    AcceptedCampaign campaign =
        new AcceptedCampaign(
            Path.of(arguments[0]), Path.of(arguments[1]), new StoreLocation(arguments[2]));
    HookedRunners.of(
            campaign.request(),
            io ->
                new HookedStoreIO(
                    io, SuccessSidecar.FILE_NAME, () -> Runtime.getRuntime().halt(KILLED)))
        .run(campaign.entry(arguments[3]), 0, "dying", () -> false);
  }
}
