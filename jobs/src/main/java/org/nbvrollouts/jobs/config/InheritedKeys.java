package org.nbvrollouts.jobs.config;

import java.util.Optional;

/**
 * Keys of a table that stand in for absent keys of another one, as those of the base of a mixture
 * do for its components.
 *
 * @param listPrefix what messages put before paths of the table
 * @param ownPrefix what the table has before the names of the keys
 * @param inherited what an absent value is taken from
 */
record InheritedKeys(
    ConfigTable own, String listPrefix, String ownPrefix, Optional<InheritedKeys> inherited) {

  static InheritedKeys of(ConfigTable table, String prefix) {
    return new InheritedKeys(table, "", prefix, Optional.empty());
  }

  InheritedKeys overriddenBy(ConfigTable element, String prefix) {
    return new InheritedKeys(element, prefix, "", Optional.of(this));
  }

  String path(String name) {
    return listPrefix + ownPrefix + name;
  }

  /** The value that holds here, or {@code null}. */
  Object value(String name) {
    return holder(name).value();
  }

  double number(String name) {
    return (Double) value(name);
  }

  /**
   * The key whose value holds here: the inherited one if this table has none. A key of this table
   * whose value was refused is its own.
   */
  RuleKey holder(String name) {
    String local = ownPrefix + name;
    boolean isInherited = own.value(local) == null && own.isSound(local) && inherited.isPresent();
    return isInherited ? inherited.get().holder(name) : new RuleKey(own, listPrefix, local);
  }
}
