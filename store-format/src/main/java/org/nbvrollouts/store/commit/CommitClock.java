package org.nbvrollouts.store.commit;

import java.time.Duration;
import java.time.Instant;

/** Time as the committer sees it. */
public interface CommitClock {

  /** Wall clock; appears in names and reports and decides nothing. */
  Instant now();

  /** Monotonic nanoseconds; decides deadlines. */
  long nanoTime();

  /** Waits before another try. */
  void pause(Duration duration) throws InterruptedException;

  /** The clocks of the machine. */
  static CommitClock system() {
    return new CommitClock() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
      }
    };
  }
}
