package org.nbvrollouts.jobs.replay;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.nbvrollouts.jobs.campaign.Durations;
import org.nbvrollouts.pipeline.replay.ReplayProgress;

/** Says in one line which rollout and which part of it a replay is at, and what is left. */
public final class ReplayClock implements ReplayProgress {
  private static final double NANOS_PER_MS = 1e6;

  private final int rollouts;
  private final LongSupplier nanoTime;
  private final Consumer<String> lines;
  private final long startNanos;
  private int begun;
  private int parts = 1;
  private int partsDone;

  /**
   * Starts now.
   *
   * @param rollouts how many there are
   * @param lines receives the line whenever it changes
   */
  public ReplayClock(int rollouts, LongSupplier nanoTime, Consumer<String> lines) {
    this.rollouts = rollouts;
    this.nanoTime = nanoTime;
    this.lines = lines;
    this.startNanos = nanoTime.getAsLong();
  }

  @Override
  public void begin(int mostParts) {
    begun++;
    parts = mostParts;
    partsDone = 0;
  }

  @Override
  public void partDone() {
    partsDone = Math.min(partsDone + 1, parts);
  }

  @Override
  public void doing(String what) {
    StringBuilder line = new StringBuilder();
    line.append("Rollout ").append(begun).append(" of ").append(rollouts);
    line.append(", part ").append(Math.min(partsDone + 1, parts)).append(" of ").append(parts);
    double done = begun - 1 + (double) partsDone / parts;
    if (done > 0) {
      double spentMs = (nanoTime.getAsLong() - startNanos) / NANOS_PER_MS;
      long leftMs = (long) (spentMs / done * (rollouts - done));
      line.append(", about ").append(Durations.words(leftMs)).append(" left");
    }
    lines.accept(line.append(": ").append(what).toString());
  }
}
