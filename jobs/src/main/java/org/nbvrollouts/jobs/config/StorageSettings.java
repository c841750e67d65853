package org.nbvrollouts.jobs.config;

/**
 * How stores are laid out and published (design D-5, D-17); {@code auto} follows the storage.
 *
 * @param layout {@code auto}, {@code directory} or {@code packed}
 * @param publish {@code auto}, {@code rename} or {@code pointer}
 * @param forceToDisk force files and folders to disk before a commit
 */
public record StorageSettings(String layout, String publish, boolean forceToDisk) {
  static StorageSettings of(ConfigTable table) {
    return new StorageSettings(
        table.text("storage.layout"),
        table.text("storage.publish"),
        table.flag("storage.force_to_disk"));
  }
}
