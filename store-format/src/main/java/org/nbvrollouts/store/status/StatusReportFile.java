package org.nbvrollouts.store.status;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * Writes the JSON report of a campaign of any size, shard by shard. The bytes are those of {@link
 * RolloutShardCampaignStatus#toBytes}. Used once, by one thread.
 */
public final class StatusReportFile implements AutoCloseable {
  private static final String NO_SHARDS = "\"shards\": []";
  private static final String INDENT = "\n    ";

  private final Path scratch;
  private final Writer shards;
  private boolean isEmpty = true;

  public StatusReportFile() throws IOException {
    this.scratch = Files.createTempFile("nbv-status-", ".json");
    this.shards = Files.newBufferedWriter(scratch, StandardCharsets.UTF_8);
  }

  /** Adds the next shard in plan order. */
  public void add(RolloutShardStatus shard) throws IOException {
    shards.write(isEmpty ? INDENT : "," + INDENT);
    shards.write(CanonicalJson.pretty(shard.toJson()).replace("\n", INDENT));
    isEmpty = false;
  }

  /** Writes the report with everything that was added. */
  public void writeTo(Writer out, CampaignStatusReport report) throws IOException {
    shards.flush();
    Map<String, Object> json = report.frame();
    json.put("shards", List.of());
    String[] around = CanonicalJson.pretty(json).split(NO_SHARDS.replace("[", "\\["), 2);
    out.write(around[0]);
    if (isEmpty) {
      out.write(NO_SHARDS);
    } else {
      out.write("\"shards\": [");
      try (Reader in = Files.newBufferedReader(scratch, StandardCharsets.UTF_8)) {
        in.transferTo(out);
      }
      out.write("\n  ]");
    }
    out.write(around[1]);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    shards.close();
    Files.deleteIfExists(scratch);
  }
}
