package org.nbvrollouts.jobs.command;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.commit.ShardFinding;
import org.nbvrollouts.store.io.WholeFile;
import org.nbvrollouts.store.manifest.ShardManifest;
import org.nbvrollouts.store.manifest.ShardManifestFile;
import org.nbvrollouts.store.status.CampaignStatusReport;
import org.nbvrollouts.store.status.RolloutShardStatus;
import org.nbvrollouts.store.status.ShardIdSet;
import org.nbvrollouts.store.status.StatusReportFile;

/** What {@code status} keeps of shards while they pass by: little, however many they are. */
final class StatusOutputs implements AutoCloseable {
  private static final int SHOWN_FINDINGS = 200;

  private final Optional<StatusReportFile> report;
  private final ShardIdSet finished = new ShardIdSet();
  private final List<String> findings = new ArrayList<>();
  private long moreFindings;

  StatusOutputs(boolean hasReport) throws IOException {
    this.report = hasReport ? Optional.of(new StatusReportFile()) : Optional.empty();
  }

  void add(RolloutShardStatus shard) {
    if (shard.isDone()) {
      finished.add(shard.shardId());
    }
    for (ShardFinding finding : shard.findings()) {
      if (findings.size() < SHOWN_FINDINGS) {
        findings.add(shard.shardId() + " " + finding);
      } else {
        moreFindings++;
      }
    }
    if (report.isPresent()) {
      try {
        report.get().add(shard);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Reasons and warnings by shard, the first ones of many. */
  List<String> findings() {
    List<String> lines = new ArrayList<>(findings);
    if (moreFindings > 0) {
      lines.add("... +" + moreFindings + " more, all of them in --output-json FILE");
    }
    return lines;
  }

  void writeReport(Writer out, CampaignStatusReport status) throws IOException {
    report.orElseThrow().writeTo(out, status);
  }

  void writeReport(Path file, CampaignStatusReport status) throws IOException {
    replace(file, out -> report.orElseThrow().writeTo(out, status));
  }

  /** Writes a plan of what is not finished, lines unchanged. */
  void writeRetryManifest(Path file, ShardManifestFile plan) throws IOException {
    replace(
        file,
        out -> {
          for (ShardManifest.Line line : plan.lines()) {
            if (!finished.contains(line.entry().shardId())) {
              out.write(line.text());
              out.write('\n');
            }
          }
        });
  }

  private interface Content {
    void writeTo(Writer out) throws IOException;
  }

  private static void replace(Path file, Content content) throws IOException {
    WholeFile.write(
        file,
        bytes -> {
          Writer out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
          content.writeTo(out);
          out.flush();
        });
  }

  @Override
  public void close() throws IOException {
    if (report.isPresent()) {
      report.get().close();
    }
  }
}
