package org.nbvrollouts.store.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.nbvrollouts.store.error.LostConnectionException;
import org.nbvrollouts.store.error.StorageReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs calls by a {@link RetryPolicy}. Thread-safe. */
final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  private static final String S3A_PACKAGE = "org.apache.hadoop.fs.s3a.";

  private final RetryPolicy policy;
  private final Predicate<IOException> mayPass;

  /**
   * @param mayPass whether a failure is worth another try
   */
  Retries(RetryPolicy policy, Predicate<IOException> mayPass) {
    this.policy = policy;
    this.mayPass = mayPass;
  }

  /** A call of the storage. */
  interface Call<T> {
    T run() throws IOException;
  }

  /**
   * A call that must know whether one before it failed with an unknown effect.
   *
   * @see #run(String, StoreLocation, SettlingCall)
   */
  interface SettlingCall<T> {
    T run(boolean isRepeated) throws IOException;
  }

  /** Runs a call that may be repeated without harm. */
  <T> T run(String verb, StoreLocation place, Call<T> call) throws IOException {
    return run(verb, place, isRepeated -> call.run());
  }

  /** Runs a call; the first failure is a suppressed exception of the last one. */
  <T> T run(String verb, StoreLocation place, SettlingCall<T> call) throws IOException {
    long start = System.nanoTime();
    long pauseMs = policy.firstPause().toMillis();
    IOException first = null;
    while (true) {
      try {
        return settle(call, first != null);
      } catch (IOException e) {
        if (first != null && first != e) {
          e.addSuppressed(first);
        }
        long next = System.nanoTime() - start + TimeUnit.MILLISECONDS.toNanos(pauseMs);
        if (!mayPass.test(e) || next > policy.limit().toNanos()) {
          throw inWords(e, verb, place);
        }
        LOG.warn(
            "Storage failed, trying again in {} ms: {} (operation={}, location={})",
            pauseMs,
            StorageReason.of(inWords(e, verb, place)),
            verb,
            place);
        first = first == null ? e : first;
        waitFor(pauseMs);
        pauseMs = Math.min(2 * pauseMs, policy.maxPause().toMillis());
      }
    }
  }

  /** The client of S3 takes the headers of an answer for granted, also where it was cut off. */
  private static <T> T settle(SettlingCall<T> call, boolean isRepeated) throws IOException {
    try {
      return call.run(isRepeated);
    } catch (NullPointerException e) {
      StackTraceElement[] trace = e.getStackTrace();
      if (trace.length == 0 || !trace[0].getClassName().startsWith(S3A_PACKAGE)) {
        throw e;
      }
      throw (IOException) new EOFException("answer without its headers").initCause(e);
    }
  }

  /** Clients say of a connection that broke that a file has come to its end. */
  static IOException inWords(IOException failure, String verb, StoreLocation place) {
    boolean isLost =
        (failure instanceof EOFException && !(failure instanceof ShortFileException))
            || failure instanceof SocketException;
    return isLost ? new LostConnectionException(verb, place.text(), failure) : failure;
  }

  /** Waits up to a quarter longer, so that tasks that failed together do not return together. */
  private static void waitFor(long pauseMs) throws InterruptedIOException {
    try {
      long spread = Math.floorMod(System.nanoTime(), Math.max(1, pauseMs / 4));
      Thread.sleep(pauseMs + spread);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException wrapped = new InterruptedIOException("interrupted while waiting");
      wrapped.initCause(e);
      throw wrapped;
    }
  }
}
