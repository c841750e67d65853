package org.nbvrollouts.jobs.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;

class TestSparkFailures {
  @Test
  void aJobWhoseExecutorsDiedIsNoMistakeOfTheProgram() {
    Exception aborted =
        new SparkException("Job aborted: Task 0 failed 4 times: ExecutorLostFailure\nDriver trace");
    assertThat(SparkFailures.inWords(aborted, false))
        .isInstanceOf(EnvironmentException.class)
        .hasMessage(
            "Cannot finish job of Spark: Job aborted: Task 0 failed 4 times: ExecutorLostFailure."
                + " Its executors or its master may be gone: look at Spark's web page or event"
                + " log, then run again")
        .hasCause(aborted);
  }

  @Test
  void whatHappensAfterSparkHasEndedIsNoneEither() {
    Exception late = new IllegalStateException("Cannot call methods on a stopped SparkContext");
    assertThat(SparkFailures.inWords(late, true)).isInstanceOf(EnvironmentException.class);
    assertThat(SparkFailures.inWords(late, false)).isSameAs(late);
  }

  @Test
  void whatATaskSaidIsSaidAgain() {
    RefusedInputException refused = new RefusedInputException("Cannot use plan");
    assertThat(SparkFailures.inWords(new SparkException("aborted", refused), false))
        .isSameAs(refused);
    Exception mistake = new SparkException("aborted", new ArithmeticException("/ by zero"));
    assertThat(SparkFailures.inWords(mistake, false))
        .isInstanceOf(IllegalStateException.class)
        .hasCause(mistake);
  }
}
