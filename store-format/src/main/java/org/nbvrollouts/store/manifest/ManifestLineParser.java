package org.nbvrollouts.store.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.json.JsonParser;

/**
 * One line of a shard manifest.
 *
 * @param line the entry with its text; empty for a blank line or one with problems
 * @param problems what makes the line unusable, with its place
 * @param warnings what is odd but allowed, with its place
 */
record ManifestLineParser(
    Optional<ShardManifest.Line> line, List<String> problems, List<String> warnings) {

  static ManifestLineParser parse(byte[] utf8, String file, int number) {
    String text = new String(utf8, StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      return new ManifestLineParser(Optional.empty(), List.of(), List.of());
    }
    List<String> problems = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    Optional<ShardManifest.Line> line = Optional.empty();
    try {
      JsonFields fields = new JsonFields(JsonParser.parseLine(utf8, file, number), problems);
      RolloutShardEntry entry = ShardEntryParser.parse(fields, problems, warnings);
      if (problems.isEmpty()) {
        line = Optional.of(new ShardManifest.Line(number, text, entry));
      }
    } catch (InvalidContentException e) {
      problems.add(e.getMessage());
    }
    return new ManifestLineParser(
        line, placed(problems, file, number), placed(warnings, file, number));
  }

  private static List<String> placed(List<String> texts, String file, int number) {
    return texts.stream().map(text -> ShardManifestRules.at(text, file, number)).toList();
  }
}
