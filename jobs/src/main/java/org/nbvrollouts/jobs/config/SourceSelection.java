package org.nbvrollouts.jobs.config;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which source rows a plan takes.
 *
 * @param directory source folder, if the file names one
 * @param split split to take, or {@code all}
 * @param limit most rows, all when empty
 */
public record SourceSelection(Optional<String> directory, String split, OptionalInt limit) {
  /** Takes every split. */
  public static final String ALL = "all";

  static SourceSelection of(ConfigTable table) {
    return new SourceSelection(
        table.optionalText("source.store.store_dir"),
        table.text("source.split"),
        table.optionalCount("source.limit"));
  }
}
