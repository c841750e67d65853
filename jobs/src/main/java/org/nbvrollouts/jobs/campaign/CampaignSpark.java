package org.nbvrollouts.jobs.campaign;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark for one command: a cluster if it was sent to one, else all cores of this machine. */
public final class CampaignSpark implements ScanEngine, AutoCloseable {
  /** Batches of a job for each core: enough that no core waits long for the slowest. */
  private static final int ROUNDS = 4;

  /** Jobs that are handed out at the same time. */
  private static final int WAVES = 2;

  /** Batches for each core that wait or run at a time. */
  static final int BATCHES_HELD = ROUNDS * WAVES;

  private final JavaSparkContext context;

  private CampaignSpark(JavaSparkContext context) {
    this.context = context;
  }

  /**
   * Starts Spark.
   *
   * @param parallelism cores to use where no master is set
   */
  public static CampaignSpark start(String name, OptionalInt parallelism) {
    return new CampaignSpark(LocalSpark.start("nbv-rollouts " + name, parallelism));
  }

  /**
   * Whether a command that only looks at shards should start Spark for that: if it was sent to one.
   * A Spark of this machine brings the same cores and is there seconds later, however many shards
   * there are.
   */
  static boolean isWorthwhile() {
    return System.getProperty("spark.master") != null;
  }

  JavaSparkContext context() {
    return context;
  }

  @Override
  public int workers() {
    return context.defaultParallelism();
  }

  /** One wave waits while another runs, so that no core is idle between them. */
  @Override
  public void scan(ScanRequest request, Iterator<ScanBatch> batches, Consumer<ScanPart> sink) {
    Queue<JavaFutureAction<List<ScanPart>>> running = new ArrayDeque<>();
    try {
      while (batches.hasNext() || !running.isEmpty()) {
        while (batches.hasNext() && running.size() < WAVES) {
          running.add(submit(request, batches));
        }
        running.remove().get().forEach(sink);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted");
    } catch (Exception e) {
      // Scala does not declare what it throws.
      throw SparkFailures.inWords(e, context.sc().isStopped());
    } finally {
      running.forEach(job -> job.cancel(true));
    }
  }

  private JavaFutureAction<List<ScanPart>> submit(
      ScanRequest request, Iterator<ScanBatch> batches) {
    List<ScanBatch> wave = new ArrayList<>();
    while (wave.size() < ROUNDS * workers() && batches.hasNext()) {
      wave.add(batches.next());
    }
    describe(wave);
    return context
        .parallelize(wave, wave.size())
        .map(batch -> ScanPart.of(request, batch))
        .collectAsync();
  }

  private void describe(List<ScanBatch> wave) {
    List<ScanBatch.Item> last = wave.get(wave.size() - 1).items();
    String text =
        "Check "
            + wave.get(0).items().get(0).entry().shardId()
            + " to "
            + last.get(last.size() - 1).entry().shardId();
    context.setJobGroup("nbv-rollouts-status", text, true);
    context.setCallSite(text);
  }

  @Override
  public void close() {
    context.close();
  }
}
