package org.nbvrollouts.store.manifest;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * A valid shard manifest: the plan of a campaign, one line per entry (specification campaign 4).
 *
 * @param file where it was read from, for messages
 * @param lines entries with their text, in file order
 * @param warnings what is odd but allowed, with line numbers
 */
public record ShardManifest(String file, List<Line> lines, List<String> warnings)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * One entry and the text it has in the file, which may carry keys that this version does not
   * know.
   *
   * @param number 1-based line number
   */
  public record Line(int number, String text, RolloutShardEntry entry) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  public ShardManifest {
    lines = List.copyOf(lines);
    warnings = List.copyOf(warnings);
  }

  /** The manifest of planned entries; entries that break a rule are refused. */
  public static ShardManifest of(String file, List<RolloutShardEntry> entries) {
    List<Line> lines = new ArrayList<>();
    for (RolloutShardEntry entry : entries) {
      lines.add(new Line(lines.size() + 1, CanonicalJson.line(entry.toJson()), entry));
    }
    ShardManifestRules.refuseProblems(file, ShardManifestRules.problems(file, lines));
    return new ShardManifest(file, lines, List.of());
  }

  /** Entries in file order. */
  public List<RolloutShardEntry> entries() {
    return lines.stream().map(Line::entry).toList();
  }

  /** Number of source rows of all entries. */
  public long numRows() {
    return lines.stream().mapToLong(line -> line.entry().numRows()).sum();
  }

  /** The file: UTF-8 lines, each ended by a newline; nothing for an empty plan. */
  public byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.text()).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
