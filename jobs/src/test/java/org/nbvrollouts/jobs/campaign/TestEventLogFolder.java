package org.nbvrollouts.jobs.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestEventLogFolder {
  @TempDir Path folder;

  private static SparkConf conf(Path events) {
    return new SparkConf(false)
        .set("spark.eventLog.enabled", "true")
        .set("spark.eventLog.dir", events.toUri().toString());
  }

  @Test
  void aFolderThatIsNotThereIsMade() {
    SparkConf conf = conf(folder.resolve("a/b"));
    EventLogFolder.prepare(conf);
    assertThat(folder.resolve("a/b")).isDirectory();
    assertThat(conf.getBoolean("spark.eventLog.enabled", false)).isTrue();
  }

  @Test
  void whereNoneCanBeMadeTheRunGoesOnWithout() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    for (String place : new String[] {file + "/below", "nothing-serves-this://host/events"}) {
      SparkConf conf = conf(folder).set("spark.eventLog.dir", place);
      EventLogFolder.prepare(conf);
      assertThat(conf.getBoolean("spark.eventLog.enabled", true)).as(place).isFalse();
    }
  }

  @Test
  void nothingIsMadeForARunThatWritesNone() {
    Path events = folder.resolve("events");
    EventLogFolder.prepare(conf(events).set("spark.eventLog.enabled", "false"));
    assertThat(events).doesNotExist();
  }
}
