package org.nbvrollouts.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every section of a specification that the code cites exists in {@code store-format/spec}. */
class TestSpecificationReferences {
  private static final Path ROOT = Path.of("..");
  private static final Path SPECIFICATIONS = ROOT.resolve("store-format/spec");
  private static final String NAMES = "(audits|campaign|commit|generation|packed|source|store)";

  /** Such as 6, 6.5, B.1, C-7, C2, X12. */
  private static final String SECTION = "(?:\\d+(?:\\.\\d+)?|[A-Z]\\.\\d|[A-Z]-?\\d+)";

  private static final Pattern CITATION =
      Pattern.compile(
          "(?:specification |, |and |\\()%s (%s(?:(?:, | and | to )%s)*)\\b"
              .formatted(NAMES, SECTION, SECTION));

  @Test
  void everyCitedSectionExists() throws IOException {
    Map<String, String> specifications = new HashMap<>();
    List<String> missing = new ArrayList<>();
    int cited = 0;
    for (Path file : sources()) {
      String text = Files.readString(file).replaceAll("\\s+(?:\\*|//)?\\s*", " ");
      for (MatchResult citation : CITATION.matcher(text).results().toList()) {
        for (MatchResult section :
            Pattern.compile(SECTION).matcher(citation.group(2)).results().toList()) {
          cited++;
          String name = citation.group(1);
          if (!specifications.containsKey(name)) {
            specifications.put(name, Files.readString(SPECIFICATIONS.resolve(name + ".md")));
          }
          if (!defines(specifications.get(name), section.group())) {
            missing.add(file.getFileName() + ": " + name + " " + section.group());
          }
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(cited).isGreaterThan(200);
  }

  /** A section begins a line, perhaps as a heading, a row of a table, or a sentence. */
  private static boolean defines(String specification, String section) {
    String number = Pattern.quote(section);
    return Pattern.compile(
            "(?m)^(?:#+ )?%s\\.? |^\\| %s \\||[.:)] %s [A-Z*`]|\\(%s\\)|· %s "
                .formatted(number, number, number, number, number))
        .matcher(specification)
        .find();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("store-format", "pipeline", "jobs")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
        files.filter(path -> path.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }
}
