package org.nbvrollouts.store.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a shard manifest, one JSON object per line (specification campaign 4). Types are strict,
 * the split hash is computed again, and every problem of the file is reported at once with its
 * line.
 */
public final class ShardManifestParser {
  private final String file;
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<ShardManifest.Line> lines = new ArrayList<>();

  private ShardManifestParser(String file) {
    this.file = file;
  }

  /**
   * Parses a whole manifest; blank lines are skipped but counted.
   *
   * @param file name for messages
   * @throws org.nbvrollouts.store.error.RefusedInputException listing every problem
   */
  public static ShardManifest parse(byte[] utf8, String file) {
    ShardManifestParser parser = new ShardManifestParser(file);
    parser.parseLines(utf8);
    List<String> all = new ArrayList<>(parser.problems);
    all.addAll(ShardManifestRules.problems(file, parser.lines));
    ShardManifestRules.refuseProblems(file, all);
    return new ShardManifest(file, parser.lines, parser.warnings);
  }

  private void parseLines(byte[] utf8) {
    int number = 0;
    int start = 0;
    while (start < utf8.length) {
      int end = start;
      while (end < utf8.length && utf8[end] != '\n') {
        end++;
      }
      number++;
      parseLine(Arrays.copyOfRange(utf8, start, end), number);
      start = end + 1;
    }
  }

  private void parseLine(byte[] utf8, int number) {
    ManifestLineParser parsed = ManifestLineParser.parse(utf8, file, number);
    parsed.line().ifPresent(lines::add);
    problems.addAll(parsed.problems());
    warnings.addAll(parsed.warnings());
  }
}
