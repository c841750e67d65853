package org.nbvrollouts.jobs.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class TestLocalSpark {
  /** Netty multiplies the seconds by 1,000 in an int. */
  @Test
  void aMachineThatSleepsForDaysLosesNoExecutor() {
    SparkConf conf = LocalSpark.settings("test", OptionalInt.of(2));
    long seconds = conf.getTimeAsSeconds("spark.network.timeout");
    assertThat(seconds).isGreaterThan(3 * 86_400);
    assertThat(Math.multiplyExact((int) seconds, 1000)).isPositive();
    assertThat(conf.get("spark.master")).isEqualTo("local[2]");
  }
}
