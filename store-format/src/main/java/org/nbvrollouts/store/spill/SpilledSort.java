package org.nbvrollouts.store.spill;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;

/**
 * Sorts any number of values in memory that does not grow with them: the first few thousand stay
 * there, more go to temporary files in sorted runs that are merged while they are read. Values that
 * compare as equal keep the order in which they were added. Everything is added before the first
 * value is read; it may be read again and again, by one reader at a time. Not thread-safe.
 *
 * @param <T> what is sorted
 */
public final class SpilledSort<T> implements Iterable<T>, AutoCloseable {
  /** Values held in memory, and in every run but merged ones. */
  private static final int MOST_HELD = 1 << 13;

  /** Runs that are read at the same time; each takes an open file and a buffer. */
  private static final int MOST_RUNS = 64;

  private static final int BUFFER_BYTES = 1 << 14;

  private final Comparator<? super T> order;
  private final Form<T> form;
  private final List<T> held = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private final List<Cursor> open = new ArrayList<>();
  private final Path parent;
  private Path folder;
  private int runsMade;
  private long size;

  public SpilledSort(Comparator<? super T> order, Form<T> form) {
    this(order, form, Path.of(System.getProperty("java.io.tmpdir")));
  }

  SpilledSort(Comparator<? super T> order, Form<T> form, Path parent) {
    this.order = order;
    this.form = form;
    this.parent = parent;
  }

  /** How a value is written to a file and read back. */
  public interface Form<T> {
    void write(T value, DataOutput out) throws IOException;

    T read(DataInput in) throws IOException;
  }

  private record Run(Path file, long count) {}

  /**
   * Adds a value.
   *
   * @throws EnvironmentException if there is no room for temporary files
   */
  public void add(T value) {
    held.add(value);
    size++;
    if (held.size() == MOST_HELD) {
      spill();
    }
  }

  /** Number of values. */
  public long size() {
    return size;
  }

  /**
   * The values in order.
   *
   * @throws EnvironmentException also while it goes on, if a temporary file cannot be read
   */
  @Override
  public Iterator<T> iterator() {
    closeCursors();
    if (runs.isEmpty()) {
      held.sort(order);
      return held.iterator();
    }
    if (!held.isEmpty()) {
      spill();
    }
    return new Merge();
  }

  private void spill() {
    held.sort(order);
    runs.add(write(held.iterator()));
    held.clear();
    if (runs.size() == MOST_RUNS) {
      List<Run> merged = List.copyOf(runs);
      Run all = write(new Merge());
      closeCursors();
      runs.clear();
      runs.add(all);
      merged.forEach(run -> delete(run.file()));
    }
  }

  private Run write(Iterator<T> values) {
    try {
      if (folder == null) {
        folder = Files.createTempDirectory(parent, "nbv-sort-");
      }
      Path file = folder.resolve("run-" + runsMade++);
      long count = 0;
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))) {
        for (; values.hasNext(); count++) {
          form.write(values.next(), out);
        }
      }
      return new Run(file, count);
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  private void closeCursors() {
    open.forEach(Cursor::close);
    open.clear();
  }

  /** Removes all temporary files. */
  @Override
  public void close() {
    closeCursors();
    runs.forEach(run -> delete(run.file()));
    runs.clear();
    if (folder != null) {
      delete(folder);
      folder = null;
    }
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed("remove", e);
    }
  }

  private EnvironmentException failed(String verb, IOException failure) {
    return new EnvironmentException(
        "Cannot %s temporary file: %s (folder=%s)"
            .formatted(verb, StorageReason.of(failure), folder == null ? parent : folder),
        failure);
  }

  /** Takes the least value of all runs, of equal ones that of the earliest run. */
  private final class Merge implements Iterator<T> {
    private final PriorityQueue<Cursor> cursors =
        new PriorityQueue<>(
            Comparator.comparing((Cursor cursor) -> cursor.value, order)
                .thenComparing(cursor -> cursor.number));

    Merge() {
      for (int i = 0; i < runs.size(); i++) {
        Cursor cursor = new Cursor(i, runs.get(i));
        open.add(cursor);
        put(cursor);
      }
    }

    private void put(Cursor cursor) {
      if (cursor.advance()) {
        cursors.add(cursor);
      }
    }

    @Override
    public boolean hasNext() {
      return !cursors.isEmpty();
    }

    @Override
    public T next() {
      if (cursors.isEmpty()) {
        throw new NoSuchElementException();
      }
      Cursor cursor = cursors.remove();
      T value = cursor.value;
      put(cursor);
      return value;
    }
  }

  /** The next value of a run. */
  private final class Cursor {
    private final int number;
    private final DataInputStream in;
    private long left;
    private T value;

    Cursor(int number, Run run) {
      this.number = number;
      this.left = run.count();
      try {
        this.in =
            new DataInputStream(
                new BufferedInputStream(Files.newInputStream(run.file()), BUFFER_BYTES));
      } catch (IOException e) {
        throw failed("read", e);
      }
    }

    /** Whether there was another value. */
    private boolean advance() {
      if (left == 0) {
        close();
        return false;
      }
      left--;
      try {
        value = form.read(in);
        return true;
      } catch (IOException e) {
        throw failed("read", e);
      }
    }

    private void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw failed("read", e);
      }
    }
  }
}
