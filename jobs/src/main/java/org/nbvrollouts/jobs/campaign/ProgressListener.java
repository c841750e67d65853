package org.nbvrollouts.jobs.campaign;

/** Where a run shows how far it is. Called by one thread at a time. */
public interface ProgressListener {
  /** The state of the run changed, or time went by. */
  void update(String line);

  /** Something a person should know now. */
  void note(String line);

  /** The run is over; a progress line may be removed. */
  void end();
}
