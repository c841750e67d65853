package org.nbvrollouts.store.source.bundle;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.text.TomlText;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads {@code scene.toml}; every unknown key is refused with its line. */
final class BundleSettingsParser {
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "",
          List.of("scene_id", "licence", "attribution", "units", "up", "trajectory", "snippets"),
          "trajectory",
          List.of("format", "axes", "rate_hz"),
          "snippets",
          List.of("poses", "stride"));

  private final String file;
  private final TomlParseResult toml;
  private final InputProblems problems = new InputProblems();

  private BundleSettingsParser(String file, TomlParseResult toml) {
    this.file = file;
    this.toml = toml;
  }

  /**
   * Reads the file.
   *
   * @param folderName scene id when the file names none
   * @throws RefusedInputException with one problem per line
   */
  static BundleSettings parse(Path path, String folderName) {
    TomlParseResult toml = TomlText.parse(TomlText.read(path), path.toString());
    return new BundleSettingsParser(path.toString(), toml).parse(folderName);
  }

  private BundleSettings parse(String folderName) {
    toml.errors()
        .forEach(
            error ->
                problems.add(
                    "Invalid settings: "
                        + error.getMessage()
                        + " (expected TOML, "
                        + place(error.position())
                        + ")"));
    problems.refuseIfAny();
    refuseUnknownKeys("", toml);
    for (String table : List.of("trajectory", "snippets")) {
      if (toml.isTable(table)) {
        refuseUnknownKeys(table, toml.getTable(table));
      } else if (toml.contains(table)) {
        problems.add("Invalid settings: " + table + " (expected a table, " + place(table) + ")");
      }
    }
    SceneFrame frame = frame();
    Optional<FrameAxes> axes = text("trajectory.axes").flatMap(this::axes);
    Optional<String> format = text("trajectory.format");
    if (format.isPresent() && !List.of("mps", "tum").contains(format.get())) {
      invalid("trajectory.format", format.get(), "mps or tum");
    }
    BundleSettings settings =
        new BundleSettings(
            text("scene_id").orElse(folderName),
            text("licence"),
            text("attribution"),
            frame,
            format,
            axes,
            rate(),
            new SnippetCut(
                integer("snippets.poses", SnippetCut.DEFAULT.poses(), 2),
                integer("snippets.stride", SnippetCut.DEFAULT.stride(), 1)));
    problems.refuseIfAny();
    return settings;
  }

  private void refuseUnknownKeys(String table, TomlTable values) {
    for (String key : values.keySet()) {
      if (!KEYS.get(table).contains(key)) {
        problems.add(
            "Invalid settings: unknown key "
                + (table.isEmpty() ? "" : table + ".")
                + key
                + " (expected a known key, "
                + place(values.inputPositionOf(List.of(key)))
                + "); "
                + Suggestion.of(key, KEYS.get(table)));
      }
    }
  }

  private SceneFrame frame() {
    String units = checked("units", "m", value -> SceneFrame.of(value, "+z"));
    String up = checked("up", "+z", value -> SceneFrame.of("m", value));
    return SceneFrame.of(units, up);
  }

  /** The text of a key if the rule accepts it; otherwise a problem and the default. */
  private String checked(String key, String defaultText, Consumer<String> rule) {
    String value = text(key).orElse(defaultText);
    try {
      rule.accept(value);
      return value;
    } catch (IllegalArgumentException broken) {
      problems.add(broken.getMessage() + " (" + place(key) + ")");
      return defaultText;
    }
  }

  private Optional<FrameAxes> axes(String value) {
    try {
      return Optional.of(FrameAxes.parse(value));
    } catch (IllegalArgumentException broken) {
      problems.add(broken.getMessage() + " (" + place("trajectory.axes") + ")");
      return Optional.empty();
    }
  }

  private Optional<String> text(String key) {
    Object value = toml.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text && !text.isBlank()) {
      return Optional.of(text);
    }
    invalid(key, value, "a text");
    return Optional.empty();
  }

  private int integer(String key, int defaultValue, int least) {
    Object value = toml.get(key);
    if (value == null) {
      return defaultValue;
    }
    if (value instanceof Long number && number >= least && number <= Integer.MAX_VALUE) {
      return number.intValue();
    }
    invalid(key, value, "an integer of at least " + least);
    return defaultValue;
  }

  private double rate() {
    Object value = toml.get("trajectory.rate_hz");
    if (value == null) {
      return BundleSettings.DEFAULT_RATE_HZ;
    }
    if (value instanceof Number number && number.doubleValue() > 0 && number.doubleValue() <= 1e6) {
      return number.doubleValue();
    }
    invalid("trajectory.rate_hz", value, "a positive number");
    return BundleSettings.DEFAULT_RATE_HZ;
  }

  private void invalid(String key, Object value, String rule) {
    problems.add(
        "Invalid settings: " + key + "=" + value + " (expected " + rule + ", " + place(key) + ")");
  }

  private String place(String key) {
    return place(toml.inputPositionOf(key));
  }

  private String place(TomlPosition position) {
    return "file=" + file + (position == null ? "" : ", line=" + position.line());
  }
}
