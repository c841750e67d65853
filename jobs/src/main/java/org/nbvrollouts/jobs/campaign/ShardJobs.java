package org.nbvrollouts.jobs.campaign;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * Waves of shards as Spark jobs, one task and one partition per shard entry, whose results arrive
 * one by one. A job ends only when its slowest task does, so the next wave is handed out before
 * that and keeps every core busy.
 */
final class ShardJobs {
  /** Job group of a campaign, for cancelling. */
  static final String GROUP = "nbv-rollouts-campaign";

  private static final ClassTag<RolloutShardEntry> ENTRY =
      ClassTag$.MODULE$.apply(RolloutShardEntry.class);

  private final JavaSparkContext spark;
  private final ShardTask task;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  ShardJobs(JavaSparkContext spark, ShardTask task) {
    this.spark = spark;
    this.task = task;
    spark.sc().addSparkListener(new ExecutorListener(events));
  }

  /** Something a job reported. */
  sealed interface Event permits Finished, JobFailed, Arrived, Left {}

  /** One task returned. */
  record Finished(TaskReport report) implements Event {}

  /** An executor can take tasks. */
  record Arrived(Seat seat) implements Event {}

  /** An executor is gone. */
  record Left(String executorId) implements Event {}

  /** A whole job broke; entries of it that did not finish before never will. */
  record JobFailed(List<RolloutShardEntry> entries, Throwable cause) implements Event {
    JobFailed {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Starts a job over these entries; returns at once.
   *
   * @param places the executor that each entry should go to, if any
   */
  void submit(List<RolloutShardEntry> entries, List<Optional<Seat>> places) {
    SparkContext context = spark.sc();
    spark.setJobGroup(GROUP, describe(entries), true);
    spark.setCallSite(range(entries));
    RDD<RolloutShardEntry> rdd = context.makeRDD(located(entries, places), ENTRY);
    rdd.setName("shard entries");
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

  private static Seq<Tuple2<RolloutShardEntry, Seq<String>>> located(
      List<RolloutShardEntry> entries, List<Optional<Seat>> places) {
    List<Tuple2<RolloutShardEntry, Seq<String>>> located = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      List<String> wish = places.get(i).map(Seat::location).stream().toList();
      located.add(new Tuple2<>(entries.get(i), CollectionConverters.asScala(wish).toSeq()));
    }
    return CollectionConverters.asScala(located).toSeq();
  }

  /** What the web page shows above the range of shards. */
  private static String describe(List<RolloutShardEntry> entries) {
    long scenes = entries.stream().map(SceneSeating::sceneOf).distinct().count();
    int rows = entries.stream().mapToInt(RolloutShardEntry::numRows).sum();
    return "Build %s: %s, %s"
        .formatted(
            Count.of(entries.size(), "shard"), Count.of(scenes, "scene"), Count.of(rows, "row"));
  }

  private static String range(List<RolloutShardEntry> entries) {
    String first = entries.get(0).shardId();
    String last = entries.get(entries.size() - 1).shardId();
    return entries.size() == 1 ? first : first + " to " + last;
  }

  /** Runs on an executor: one partition holds one entry. */
  private static final class TaskFunction
      extends AbstractFunction1<Iterator<RolloutShardEntry>, TaskReport> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ShardTask task;

    TaskFunction(ShardTask task) {
      this.task = task;
    }

    @Override
    public TaskReport apply(Iterator<RolloutShardEntry> partition) {
      return task.run(partition.next());
    }
  }

  /** Runs on the driver, on the thread of the scheduler. */
  private static final class ResultHandler
      extends AbstractFunction2<Object, TaskReport, BoxedUnit> {
    private final BlockingQueue<Event> events;

    ResultHandler(BlockingQueue<Event> events) {
      this.events = events;
    }

    @Override
    public BoxedUnit apply(Object index, TaskReport report) {
      events.add(new Finished(report));
      return BoxedUnit.UNIT;
    }
  }

  /** Runs on the driver, on the thread of the listener bus. */
  private static final class ExecutorListener extends SparkListener {
    private final BlockingQueue<Event> events;

    ExecutorListener(BlockingQueue<Event> events) {
      this.events = events;
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
      events.add(new Arrived(new Seat(added.executorInfo().executorHost(), added.executorId())));
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      events.add(new Left(removed.executorId()));
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
