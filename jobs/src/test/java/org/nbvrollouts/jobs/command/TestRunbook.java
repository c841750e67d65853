package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nbvrollouts.store.commit.ShardReason;
import org.nbvrollouts.store.manifest.FailureKind;

/** Whatever goes wrong has an entry in the operator's document. */
class TestRunbook {
  private static final Path RUNBOOK = Path.of("../docs/operations.md");

  @ParameterizedTest
  @EnumSource(ShardReason.class)
  void everyReasonSaysCauseSignAndRemedy(ShardReason reason) throws IOException {
    assertEntry("## Reasons of unfinished shards", reason.text());
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void everyFailureKindSaysCauseSignAndRemedy(FailureKind kind) throws IOException {
    assertEntry("## Failure kinds", kind.text());
  }

  private static void assertEntry(String section, String name) throws IOException {
    String text = Files.readString(RUNBOOK);
    int start = text.indexOf(section + "\n");
    assertThat(start).as(section).isNotNegative();
    int end = text.indexOf("\n## ", start + 1);
    List<String> rows =
        text.substring(start, end < 0 ? text.length() : end)
            .lines()
            .filter(line -> line.startsWith("| `" + name + "` |"))
            .toList();
    assertThat(rows).as("entries of " + name).hasSize(1);
    List<String> cells = Arrays.asList(rows.get(0).split("\\|", -1));
    assertThat(cells).hasSize(6);
    assertThat(cells.subList(1, 5)).allMatch(cell -> cell.strip().length() > 3);
  }
}
