package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.store.check.StoreSeals;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

class TestBenchmarkStoreCommand {
  @TempDir Path folder;

  private CommandLineRun run(Object... more) {
    Object[] arguments = new Object[more.length + 7];
    Object[] shape = {
      "benchmark", "store", "--rows=2", "--targets=1", "--rollouts=2", "--steps=2", "--depth=8"
    };
    System.arraycopy(shape, 0, arguments, 0, shape.length);
    System.arraycopy(more, 0, arguments, shape.length, more.length);
    return CommandLineRun.of(arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"directory", "packed"})
  void aStoreIsWrittenCheckedSealedAndReported(String layout) throws IOException {
    Path store = folder.resolve("store");
    CommandLineRun run = run("--layout", layout, "--json", "--out", store);

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertThat(report.at("/candidates").asInt()).isEqualTo(2 * 2 * 2 * 60);
    assertThat(report.at("/is_valid").asBoolean()).isTrue();
    assertThat(report.at("/files").asInt()).isPositive();
    assertThat(report.at("/stages").findValuesAsText("stage"))
        .containsExactly("make records", "make and write", "validate", "seal");
    assertThat(report.at("/data_sha256").asText())
        .isEqualTo(StoreSeals.of(RolloutZarrStoreReader.open(store)).dataSha256());
  }

  @Test
  void thePrintedReportNamesSizesAndStages() {
    CommandLineRun run = run("--out", folder.resolve("store"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("store: 2 rows, 4 rollouts, 8 steps, 480 candidates, depth 8 × 8")
        .contains("checked: every check passes, data_sha256 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rows=0|Invalid rows: 0 (expected at least 1)",
        "--rows=-3|Invalid rows: -3 (expected at least 1)",
        "--candidates=0|Invalid candidates: 0 (expected at least 1)",
        "--layout=folded|Invalid layout: folded (expected one of directory, packed)"
      })
  void flagsOutsideTheirRangeAreRefused(String flag, String message) {
    CommandLineRun run =
        CommandLineRun.of("benchmark", "store", flag, "--out", folder.resolve("store"));

    assertThat(run.exitCode()).isEqualTo(64);
    assertThat(run.err()).contains(message);
  }

  @Test
  void aFolderThatExistsIsRefused() {
    CommandLineRun run = run("--out", folder);

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("Cannot write store: something stands there already");
  }
}
