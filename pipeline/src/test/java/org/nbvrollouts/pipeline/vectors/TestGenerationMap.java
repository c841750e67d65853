package org.nbvrollouts.pipeline.vectors;

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

/** {@code docs/generation-map.md} names code that exists. */
class TestGenerationMap {
  private static final Path ROOT = Path.of("..");

  /** A class in code marks, alone or with a test on the next line of its cell. */
  private static final Pattern NAME = Pattern.compile("`([A-Z]+[a-z]\\w*)`(?:<br>`(\\w+)`)?");

  @Test
  void everyClassAndEveryTestThatIsNamedExists() throws IOException {
    Map<String, String> sources = sources();
    String page = Files.readString(ROOT.resolve("docs/generation-map.md"));
    List<MatchResult> names = NAME.matcher(page).results().toList();
    List<String> missing = new ArrayList<>();
    for (MatchResult name : names) {
      String source = sources.get(name.group(1));
      if (source == null || (name.group(2) != null && !declares(source, name.group(2)))) {
        missing.add(name.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(names).hasSizeGreaterThan(100);
  }

  private static boolean declares(String source, String test) {
    return source.contains(" void " + test + "(");
  }

  /** Java sources of all modules by class name. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : List.of("store-format", "pipeline", "jobs")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.put(name, Files.readString(file));
        }
      }
    }
    return sources;
  }
}
