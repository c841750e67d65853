package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestBenchmarkCommand {
  @TempDir Path folder;

  @Test
  void twoSizesAreMeasuredReportedAndDrawn() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "benchmark",
            "--faces=20000",
            "--rows=1",
            "--repetitions=2",
            "--scene-rri=false",
            "--vary=candidates",
            "--values=10,20",
            "--json",
            "--out",
            folder);
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertThat(report.at("/varied").asText()).isEqualTo("candidates");
    assertThat(report.at("/points")).hasSize(2);
    JsonNode second = report.at("/points/1");
    assertThat(second.at("/value").asInt()).isEqualTo(20);
    assertThat(second.at("/faces").asInt()).isBetween(19_000, 22_000);
    assertThat(second.at("/same_data_in_all_repetitions").asBoolean()).isTrue();
    assertThat(second.at("/stores_validated").asInt()).isEqualTo(2);
    JsonNode work = second.at("/work");
    assertThat(work.at("/nodes").asInt()).isPositive();
    assertThat(work.at("/candidates").asInt()).isEqualTo(20 * work.at("/nodes").asInt());
    assertThat(work.at("/rays").asInt())
        .isGreaterThan(24 * 24 * work.at("/valid_candidates").asInt());
    assertThat(work.at("/point_distances").asInt()).isPositive();
    assertThat(second.at("/stage_ms/scene_score").asDouble()).isZero();
    Path written = folder.resolve("run-001");
    assertThat(new ObjectMapper().readTree(written.resolve("benchmark.json").toFile()))
        .isEqualTo(report);
    assertThat(ImageIO.read(written.resolve("growth.png").toFile()).getWidth()).isEqualTo(1400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--faces=5|Invalid number of faces: 5 (expected 20000 to 16000000)",
        "--faces=30000,20000|Invalid values: [30000, 20000] (expected each larger than the one"
            + " before)",
        "--rows=0|Invalid number of rows: 0 (expected 1 to 1000)",
        "--repetitions=1|Invalid number of repetitions: 1 (expected 2 to 100)",
        "--threads=0|Invalid number of threads: 0 (expected 1 to 1024)",
        "--values=3|Invalid arguments: --values needs --vary candidates, horizon, pixels or rows",
        "--vary=rows|Invalid arguments: --vary rows needs --values",
        "--vary=horizon --values=9|Invalid horizon: 9 (expected 0 to 8)",
        "--vary=rows --values=1 --faces=20000,30000|Invalid --faces: [20000, 30000] (expected one"
            + " number beside --vary)"
      })
  void wrongArgumentsAreRefusedBeforeAnythingIsWritten(String flags, String message) {
    Object[] arguments = ("benchmark --out " + folder.resolve("new") + " " + flags).split(" ");
    CommandLineRun run = CommandLineRun.of(arguments);
    assertThat(run.err()).startsWith(message);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    CommandLineRun run = CommandLineRun.of("benchmark", "--out", file);
    assertThat(run.err()).startsWith("Cannot use output folder: a file stands there");
    assertThat(run.exitCode()).isEqualTo(3);
  }
}
