package org.nbvrollouts.jobs.config;

import java.util.Optional;

/**
 * Keys of a table that stand in for absent keys of another one, as those of the base of a mixture
 * do for its components.
 *
 * @param shownPrefix what messages put before the name of a key
 * @param ownPrefix what the table has before it
 * @param inherited what an absent value is taken from
 */
record InheritedKeys(
    ConfigTable own, String shownPrefix, String ownPrefix, Optional<InheritedKeys> inherited) {

  static InheritedKeys of(ConfigTable table, String prefix) {
    return new InheritedKeys(table, prefix, prefix, Optional.empty());
  }

  InheritedKeys overriddenBy(ConfigTable element, String prefix) {
    return new InheritedKeys(element, prefix, "", Optional.of(this));
  }

  String path(String name) {
    return shownPrefix + name;
  }

  /** The value that holds here, or {@code null}. */
  Object value(String name) {
    Object value = own.value(ownPrefix + name);
    return value == null && inherited.isPresent() ? inherited.get().value(name) : value;
  }

  double number(String name) {
    return (Double) value(name);
  }

  /** True if this table itself has the key. */
  boolean writes(String name) {
    return own.isWritten(ownPrefix + name);
  }

  int lineOf(String name) {
    return own.lineOf(ownPrefix + name);
  }

  /** True if the value that holds here was not refused. */
  boolean isSound(String name) {
    return own.isSound(ownPrefix + name)
        && (own.value(ownPrefix + name) != null
            || inherited.isEmpty()
            || inherited.get().isSound(name));
  }
}
