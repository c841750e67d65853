package org.nbvrollouts.store.zarr;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.rollout.RolloutStoreManifestContext;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.table.ArrayRows;
import org.nbvrollouts.store.table.RolloutTableStream;
import org.nbvrollouts.store.table.StoreDescription;
import org.nbvrollouts.store.table.TableSink;
import org.nbvrollouts.store.table.TypedArray;

/**
 * A store that is written record by record. Memory does not grow with candidates and images: full
 * chunks are encoded in background threads while the next record is computed, and wait in a private
 * scratch directory for {@link #finish}, which writes every file of the store, in the same order
 * and with the same bytes whatever the timing was.
 *
 * <pre>{@code
 * try (var store = RolloutZarrStoreStream.open(files, scratchParent, config)) {
 *   for (...) {
 *     store.append(record); // may be garbage afterwards
 *   }
 *   Written written = store.finish(context);
 * }
 * }</pre>
 *
 * <p>What {@link RolloutTableStream} rejects is thrown by {@link #append}. A failure in the
 * background is thrown by the next call. After a failure or an interruption the stream can only be
 * closed; closing leaves no thread and no scratch behind. For one thread.
 */
public final class RolloutZarrStoreStream implements AutoCloseable {
  private final StoreTarget target;
  private final RolloutZarrStoreConfig config;
  private final Scratch scratch;
  private final Encoders encoders = new Encoders();
  private final EncodingQueue queue = new EncodingQueue();
  private final Map<String, ArrayWriter> arrays = new LinkedHashMap<>();
  private final List<SpooledColumn> columns = new ArrayList<>();
  private final RolloutTableStream tables;

  private RolloutZarrStoreStream(
      StoreTarget target, Path scratchParent, RolloutZarrStoreConfig config) {
    this.target = target;
    this.config = config;
    this.scratch = new Scratch(scratchParent);
    this.tables = new RolloutTableStream(config, new Sink());
  }

  /**
   * Begins a store.
   *
   * @param files where the store goes at the end; an empty place
   * @param scratchParent local directory with room for the encoded store; if it is on the disk of
   *     the store, large files are moved instead of copied
   */
  public static RolloutZarrStoreStream open(
      StoreFiles files, Path scratchParent, RolloutZarrStoreConfig config) {
    return open(StoreTarget.of(files), scratchParent, config);
  }

  static RolloutZarrStoreStream open(
      StoreTarget target, Path scratchParent, RolloutZarrStoreConfig config) {
    return new RolloutZarrStoreStream(target, scratchParent, config);
  }

  /** Adds a record behind those before. */
  public void append(RolloutZarrRecord record) throws InterruptedException {
    tables.append(record);
  }

  /**
   * Writes the store: documents, chunks, and last the manifest.
   *
   * @param context what the manifest says beside the content
   */
  public Written finish(RolloutStoreManifestContext context) throws InterruptedException {
    StoreDescription description = tables.finish(context);
    queue.submit(0, this::finishArrays);
    queue.await();
    try {
      String manifestSha256 = StoreDocuments.write(target.files(), description, arrays, encoders);
      target.complete();
      return new Written(description, manifestSha256);
    } catch (EnvironmentException e) {
      if (e.getCause() instanceof ClosedByInterruptException && Thread.interrupted()) {
        throw interrupted(e);
      }
      throw e;
    }
  }

  private void finishArrays() throws InterruptedException {
    for (ArrayWriter array : arrays.values()) {
      array.end();
    }
    for (ArrayWriter array : arrays.values()) {
      array.finish();
    }
  }

  /** An interrupted thread cannot use channels, which says nothing about the storage. */
  private InterruptedException interrupted(EnvironmentException cause) {
    InterruptedException interruption =
        new InterruptedException(
            "Cannot write store: interrupted (store=%s)".formatted(target.files().location()));
    interruption.initCause(cause);
    return interruption;
  }

  /**
   * A store that is complete.
   *
   * @param description what it says of itself
   * @param manifestSha256 hash of its manifest
   */
  public record Written(StoreDescription description, String manifestSha256) {}

  /** Ends the background threads and removes the scratch directory. */
  @Override
  public void close() {
    queue.close();
    encoders.close();
    arrays.values().forEach(ArrayWriter::close);
    columns.forEach(column -> column.spool.close());
    try (target) {
      scratch.close();
    }
  }

  /** Passes rows to the background thread. */
  private final class Sink implements TableSink {
    @Override
    public void rows(ArraySpec spec, ArrayRows rows) throws InterruptedException {
      ArrayWriter array =
          arrays.computeIfAbsent(
              spec.path(),
              path ->
                  new ArrayWriter(
                      encoders,
                      scratch,
                      spec,
                      rows.shape().subList(1, rows.shape().size()),
                      config));
      long bytes = (long) rows.rows() * rows.rowSize() * spec.type().bytes();
      queue.submit(bytes, () -> array.append(rows));
    }

    @Override
    public KeptColumn keep(ArraySpec spec) {
      SpooledColumn column = new SpooledColumn(spec, new Spool(scratch));
      columns.add(column);
      return column;
    }
  }

  /** A column of single values in a spool. */
  private record SpooledColumn(ArraySpec spec, Spool spool) implements TableSink.KeptColumn {
    @Override
    public void append(TypedArray rows) {
      spool.append(rows.littleEndian());
    }

    @Override
    public TypedArray rows(int first, int count) {
      int bytes = spec.type().bytes();
      return TypedArray.ofColumn(spec.type(), spool.read((long) first * bytes, count * bytes));
    }
  }
}
