package org.nbvrollouts.store.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.nbvrollouts.store.spill.RepeatedValues;

/** One pass over a shard manifest that checks every rule and sums it up. Used once. */
final class ManifestScan {
  private static final int MOST_WARNINGS = 100;
  private static final int MOST_SUSPECTS = 1000;
  private static final int MOST_PROBLEMS = 1000;

  private final Path file;
  private final String name;
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Set<String> sourceDirs = new TreeSet<>();
  private final MessageDigest bytes = sha256();
  private final CampaignId id = new CampaignId();
  private ShardManifest.Line first;
  private int shards;
  private long rows;
  private int mostRows;

  private ManifestScan(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  static ShardManifestFile of(Path file, String name) throws IOException {
    ManifestScan scan = new ManifestScan(file, name);
    try (RepeatedValues values = new RepeatedValues();
        ManifestLines lines = new ManifestLines(file)) {
      scan.read(lines, values);
      scan.compare(values.suspects(MOST_SUSPECTS));
    }
    ShardManifestRules.refuseProblems(name, scan.problems);
    return new ShardManifestFile(
        file,
        scan.shards,
        scan.rows,
        HexFormat.of().formatHex(scan.bytes.digest()),
        scan.id.text(),
        scan.mostRows,
        Optional.ofNullable(scan.first).map(ShardManifest.Line::entry),
        scan.sourceDirs,
        scan.warnings);
  }

  private void read(ManifestLines lines, RepeatedValues values) throws IOException {
    for (Optional<byte[]> utf8 = lines.next();
        utf8.isPresent() && problems.size() < MOST_PROBLEMS;
        utf8 = lines.next()) {
      ManifestLineParser parsed = ManifestLineParser.parse(utf8.get(), name, lines.number());
      problems.addAll(parsed.problems());
      if (warnings.size() < MOST_WARNINGS) {
        warnings.addAll(parsed.warnings());
      }
      if (parsed.line().isPresent()) {
        add(parsed.line().get(), values);
      }
    }
  }

  private void add(ShardManifest.Line line, RepeatedValues values) throws IOException {
    if (first == null) {
      first = line;
    }
    RolloutShardEntry entry = line.entry();
    problems.addAll(ShardManifestRules.problemsOfOne(name, line, first));
    for (String value : ShardManifestRules.uniqueValues(entry)) {
      values.add(value, line.number());
    }
    shards++;
    rows += entry.numRows();
    mostRows = Math.max(mostRows, entry.numRows());
    sourceDirs.add(entry.sourceStoreDir());
    id.add(entry);
    bytes.update(line.text().getBytes(StandardCharsets.UTF_8));
    bytes.update((byte) '\n');
  }

  /** Looks at the lines that may share a value, all of them together. */
  private void compare(SortedSet<Integer> suspects) throws IOException {
    if (suspects.isEmpty()) {
      return;
    }
    List<ShardManifest.Line> found = new ArrayList<>();
    try (ManifestLines lines = new ManifestLines(file)) {
      for (Optional<byte[]> utf8 = lines.next(); utf8.isPresent(); utf8 = lines.next()) {
        if (suspects.contains(lines.number())) {
          ManifestLineParser.parse(utf8.get(), name, lines.number()).line().ifPresent(found::add);
        }
      }
    }
    problems.addAll(ShardManifestRules.repetitions(name, found));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
