package org.nbvrollouts.jobs.config;

/**
 * A key as rules between keys see it: what holds for it and where it was written.
 *
 * @param table the table that has the key: the whole file, or an element of a list
 * @param prefix what messages put before the path, {@code recipes[].} for example
 * @param localPath path in the table
 */
record RuleKey(ConfigTable table, String prefix, String localPath) {

  /** A key outside lists. */
  static RuleKey of(ConfigTable root, String path) {
    return new RuleKey(root, "", path);
  }

  /** A key of an element of a list. */
  static RuleKey of(String listPath, ConfigTable element, String name) {
    return new RuleKey(element, listPath + "[].", name);
  }

  /** The path that messages show. */
  String path() {
    return prefix + localPath;
  }

  /** The last name of the path. */
  String name() {
    return localPath.substring(localPath.lastIndexOf('.') + 1);
  }

  Object value() {
    return table.value(localPath);
  }

  boolean isSound() {
    return table.isSound(localPath);
  }

  boolean isWritten() {
    return table.isWritten(localPath);
  }

  int line() {
    return table.lineOf(localPath);
  }
}
