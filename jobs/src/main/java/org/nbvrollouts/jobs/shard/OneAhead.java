package org.nbvrollouts.jobs.shard;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Loads the values of some keys in their order, each while its predecessor is in use: never more
 * than one ahead. What goes wrong with a value is thrown when its turn comes, and no earlier. For
 * one thread; a single key needs no other.
 */
final class OneAhead<K, V> implements AutoCloseable {
  private final Iterator<K> keys;
  private final Function<K, V> load;
  private final ExecutorService loader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "one-ahead");
            thread.setDaemon(true);
            return thread;
          });
  private Future<V> ahead;

  OneAhead(List<K> keys, Function<K, V> load) {
    this.keys = List.copyOf(keys).iterator();
    this.load = load;
  }

  /**
   * The next value; starts to load the one after it.
   *
   * @throws NoSuchElementException if every key has had its turn
   * @throws InterruptedException if interrupted while the value is being loaded
   */
  V next() throws InterruptedException {
    V value = ahead == null ? load.apply(keys.next()) : await();
    ahead = null;
    if (keys.hasNext()) {
      K following = keys.next();
      ahead = loader.submit(() -> load.apply(following));
    }
    return value;
  }

  private V await() throws InterruptedException {
    try {
      return ahead.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Loads nothing more. A value that is being loaded is not waited for; its thread is not
   * interrupted, as that would close files it may share, and ends by itself.
   */
  @Override
  public void close() {
    loader.shutdown();
  }
}
