package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports and retry manifests never replace what a campaign needs. */
class TestStatusFiles {
  @TempDir Path folder;
  private Path plan;
  private Path stores;

  @BeforeEach
  void planShards() throws IOException {
    Path source = TinySource.write(folder.resolve("source"));
    Path config = TinySource.config(folder.resolve("tiny.toml"));
    plan = folder.resolve("campaign/shards.jsonl");
    assertThat(CommandLineRun.plan(config, source, plan, 2).exitCode()).isZero();
    stores = Files.createDirectory(folder.resolve("stores"));
  }

  @Test
  void thePlanAndItsHeaderStayAsTheyAre() throws IOException {
    Path header = plan.resolveSibling("campaign.json");
    String lines = Files.readString(plan);
    String head = Files.readString(header);
    Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), plan);
    for (String flag : new String[] {"--retry-manifest", "--output-json"}) {
      assertRefused(
          status(flag, plan), "Cannot write " + flag + ": it would replace the plan (file=" + plan);
      assertRefused(
          status(flag, link), "Cannot write " + flag + ": it would replace the plan (file=" + link);
      assertRefused(
          status(flag, header),
          "Cannot write " + flag + ": it would replace the header of the plan");
    }
    assertThat(plan).hasContent(lines);
    assertThat(header).hasContent(head);
  }

  @Test
  void nothingIsWrittenIntoTheFinalRoot() {
    Path marker = stores.resolve("shard-000000/_SUCCESS.json");
    assertRefused(
        status("--output-json", marker),
        "Cannot write --output-json: it would lie in the final root, where only runs write (file="
            + marker
            + ", final_root="
            + stores
            + "). Choose a file elsewhere");
    assertThat(stores).isEmptyDirectory();
  }

  @Test
  void oneFileIsNotForTwo() {
    Path report = folder.resolve("report.json");
    assertRefused(
        status("--output-json", report, "--retry-manifest", report),
        "Cannot write --retry-manifest: it would replace the file of --output-json");
    assertThat(report).doesNotExist();
    assertThat(status("--output-json", report).exitCode()).isZero();
    assertRefused(
        status("--against", report, "--retry-manifest", report),
        "Cannot write --retry-manifest: it would replace the report of --against");
    assertThat(status("--against", report, "--output-json", report).exitCode()).isZero();
  }

  private CommandLineRun status(Object... more) {
    Object[] arguments = new Object[more.length + 5];
    System.arraycopy(
        new Object[] {"status", "--shard-manifest", plan, "--final-root", stores},
        0,
        arguments,
        0,
        5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return CommandLineRun.of(arguments);
  }

  @Test
  void aReportToCompareWithMustBeAFileThatIsThere() {
    Path absent = folder.resolve("never.json");
    assertRefused(
        status("--against", absent),
        "Cannot use --against: no such file (expected what status --output-json has written, file="
            + absent
            + ")");
    assertRefused(
        status("--against", folder),
        "Cannot use --against: a folder stands there (expected a file");
  }

  private static void assertRefused(CommandLineRun run, String message) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).startsWith(message);
  }
}
