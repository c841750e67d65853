package org.nbvrollouts.jobs.campaign;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import scala.collection.Iterator;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * Small Spark jobs, one task and one partition per shard entry, whose results arrive one by one. A
 * job ends only when its slowest task does; handing out the next small job before that keeps every
 * core busy, which waves would not.
 */
final class ShardJobs {
  /** Job group of a campaign, for cancelling. */
  static final String GROUP = "nbv-rollouts-campaign";

  private final JavaSparkContext spark;
  private final ShardTask task;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  ShardJobs(JavaSparkContext spark, ShardTask task) {
    this.spark = spark;
    this.task = task;
  }

  /** Something a job reported. */
  sealed interface Event permits Finished, JobFailed {}

  /** One task returned. */
  record Finished(RolloutShardRunResult result) implements Event {}

  /** A whole job broke; entries of it that did not finish before never will. */
  record JobFailed(List<RolloutShardEntry> entries, Throwable cause) implements Event {
    JobFailed {
      entries = List.copyOf(entries);
    }
  }

  /** Starts a job over these entries; returns at once. */
  void submit(List<RolloutShardEntry> entries) {
    SparkContext context = spark.sc();
    spark.setJobGroup(GROUP, describe(entries), true);
    RDD<RolloutShardEntry> rdd = spark.parallelize(entries, entries.size()).rdd();
    List<Object> partitions = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      partitions.add(i);
    }
    context
        .submitJob(
            rdd,
            new TaskFunction(task),
            CollectionConverters.asScala(partitions).toSeq(),
            new ResultHandler(events),
            new NoResult())
        .onComplete(
            new CompletionHandler(events, entries), ExecutionContext.fromExecutor(Runnable::run));
  }

  /** The next event, or null if none came in time. */
  Event poll(long timeoutMs) throws InterruptedException {
    return events.poll(timeoutMs, TimeUnit.MILLISECONDS);
  }

  void cancelAll() {
    spark.sc().cancelJobGroup(GROUP);
  }

  private static String describe(List<RolloutShardEntry> entries) {
    String first = entries.get(0).shardId();
    String last = entries.get(entries.size() - 1).shardId();
    return entries.size() == 1 ? "Build " + first : "Build " + first + " to " + last;
  }

  /** Runs on an executor: one partition holds one entry. */
  private static final class TaskFunction
      extends AbstractFunction1<Iterator<RolloutShardEntry>, RolloutShardRunResult>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ShardTask task;

    TaskFunction(ShardTask task) {
      this.task = task;
    }

    @Override
    public RolloutShardRunResult apply(Iterator<RolloutShardEntry> partition) {
      return task.run(partition.next());
    }
  }

  /** Runs on the driver, on the thread of the scheduler. */
  private static final class ResultHandler
      extends AbstractFunction2<Object, RolloutShardRunResult, BoxedUnit> {
    private final BlockingQueue<Event> events;

    ResultHandler(BlockingQueue<Event> events) {
      this.events = events;
    }

    @Override
    public BoxedUnit apply(Object index, RolloutShardRunResult result) {
      events.add(new Finished(result));
      return BoxedUnit.UNIT;
    }
  }

  private static final class NoResult extends AbstractFunction0<BoxedUnit> {
    @Override
    public BoxedUnit apply() {
      return BoxedUnit.UNIT;
    }
  }

  private static final class CompletionHandler
      extends AbstractFunction1<Try<BoxedUnit>, BoxedUnit> {
    private final BlockingQueue<Event> events;
    private final List<RolloutShardEntry> entries;

    CompletionHandler(BlockingQueue<Event> events, List<RolloutShardEntry> entries) {
      this.events = events;
      this.entries = entries;
    }

    @Override
    public BoxedUnit apply(Try<BoxedUnit> result) {
      if (result.isFailure()) {
        events.add(new JobFailed(entries, result.failed().get()));
      }
      return BoxedUnit.UNIT;
    }
  }
}
