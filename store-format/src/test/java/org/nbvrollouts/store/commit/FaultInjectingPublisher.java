package org.nbvrollouts.store.commit;

import java.io.IOException;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.io.StoreLocation;

/** Passes what a publisher does to the storage through a {@link FaultPlan}. */
public final class FaultInjectingPublisher implements Publisher {
  private final Publisher publisher;
  private final FaultPlan plan;

  public FaultInjectingPublisher(Publisher publisher, FaultPlan plan) {
    this.publisher = publisher;
    this.plan = plan;
  }

  @Override
  public StoreLocation attemptsOf(CampaignLayout layout, String shardId) {
    return publisher.attemptsOf(layout, shardId);
  }

  @Override
  public String storePath(String attemptId) {
    return publisher.storePath(attemptId);
  }

  @Override
  public void makeDurable(StoreLocation store) throws IOException {
    plan.run(
        "makeDurable " + store,
        () -> {
          publisher.makeDurable(store);
          return true;
        });
  }

  @Override
  public Publication publish(StoreLocation store, StoreLocation finalDirectory) throws IOException {
    return plan.run("publish " + finalDirectory, () -> publisher.publish(store, finalDirectory));
  }

  @Override
  public StoreLocation scratchOf(StoreLocation attemptFolder) {
    return publisher.scratchOf(attemptFolder);
  }
}
