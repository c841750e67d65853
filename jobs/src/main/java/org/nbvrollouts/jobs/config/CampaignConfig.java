package org.nbvrollouts.jobs.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.text.TomlText;

/**
 * A campaign file, read, checked and resolved (specification generation 8). Immutable. A campaign
 * crosses to executors as {@link Text} and is parsed again there.
 *
 * @param text the file
 * @param writer what decides the content of stores
 * @param source which rows a plan takes
 * @param run how a campaign is run
 * @param storage how stores are laid out
 * @param hashes identity of everything that decides data
 * @param resolved every key that means something with its value, nested, as stores record it
 * @param ignoredKeys accepted keys that change nothing, with the reason
 * @param warnings values that are allowed together and hardly meant together, one sentence each
 */
public record CampaignConfig(
    Text text,
    RolloutDatasetWriterConfig writer,
    SourceSelection source,
    RunSettings run,
    StorageSettings storage,
    ConfigHashes hashes,
    Map<String, Object> resolved,
    List<String> ignoredKeys,
    List<String> warnings) {

  private static final String SUFFIX = ".toml";

  /** Names of the shipped files: profiles first, then candidate mixtures. */
  static final List<String> SHIPPED =
      List.of(
          "smoke",
          "microset",
          "lrz-may",
          "realistic-pilot",
          "production",
          "actor-visible",
          "mixture-may",
          "mixture-realistic",
          "mixture-rich-local",
          "mixture-diverse",
          "mixture-free-shell");

  public CampaignConfig {
    resolved = Collections.unmodifiableMap(resolved);
    ignoredKeys = List.copyOf(ignoredKeys);
    warnings = List.copyOf(warnings);
  }

  /**
   * The bytes of a campaign file and how messages call it.
   *
   * @param file path as given, or the name of a profile
   * @param toml content
   */
  public record Text(String file, String toml) implements java.io.Serializable {
    /** Parses the text again; the result is equal wherever it happens. */
    public CampaignConfig parse() {
      return CampaignConfig.parse(this);
    }
  }

  /**
   * Reads a campaign file. An absolute or existing path is taken as it is; any other is looked up
   * in the folder of profiles (specification campaign 10.1).
   *
   * @param profiles folder of the shipped profiles
   * @throws RefusedInputException if there is no such file, or listing every problem in it
   */
  public static CampaignConfig load(Path file, Path profiles) {
    if (!file.toString().endsWith(SUFFIX)) {
      throw new RefusedInputException(
          "Invalid configuration file: " + file + " (expected a name that ends in .toml)");
    }
    Path place = file.isAbsolute() || Files.exists(file) ? file : profiles.resolve(file.toString());
    Path found = place.toAbsolutePath().normalize();
    String name = file.toString();
    String stem = name.substring(0, name.length() - SUFFIX.length());
    if (!Files.exists(found) && SHIPPED.contains(stem)) {
      return profile(stem);
    }
    return parse(new Text(found.toString(), read(found, file)));
  }

  /** A shipped file, from the class path, by its name without extension. */
  public static CampaignConfig profile(String name) {
    String resource = "profiles/" + name + SUFFIX;
    try (InputStream stream = CampaignConfig.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new RefusedInputException(
            "Invalid profile: " + name + " (expected one of " + String.join(", ", SHIPPED) + ")");
      }
      String toml = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return parse(new Text("conf/" + name + SUFFIX, toml));
    } catch (IOException e) {
      throw new EnvironmentException("Cannot read profile: " + e.getMessage(), e);
    }
  }

  /** Parses a campaign file; every problem of it is reported at once. */
  public static CampaignConfig parse(Text text) {
    CampaignTomlParser.Parsed parsed = CampaignTomlParser.parse(text.toml(), text.file());
    ConfigTable table = parsed.table();
    return new CampaignConfig(
        text,
        new WriterBinder(table).writer(),
        SourceSelection.of(table),
        RunSettings.of(table),
        StorageSettings.of(table),
        ConfigHashes.of(table),
        ResolvedConfig.tree(
            table, key -> key.role() != KeyRole.IGNORED && !TargetKeys.isUnused(key, table)),
        parsed.ignored(),
        ConfigWarnings.of(table));
  }

  private static String read(Path found, Path asked) {
    if (!Files.isRegularFile(found)) {
      throw new RefusedInputException(
          "Cannot read configuration: no such file (file=" + asked + ", looked_in=" + found + ")");
    }
    return TomlText.read(found);
  }
}
