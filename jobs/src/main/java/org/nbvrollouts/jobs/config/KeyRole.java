package org.nbvrollouts.jobs.config;

/** What a key decides, and with it which hashes it enters (specification source 9.5). */
enum KeyRole {
  /** Where candidates may lie and look. */
  CANDIDATE,
  /** How candidates are rendered and labelled. */
  ORACLE,
  /** Which objects become targets. */
  TARGET,
  /** Which chains are followed and kept. */
  ROLLOUT,
  /** What the stores say about themselves. */
  STORE,
  /** Which source rows a plan takes; a row's data does not depend on it. */
  SELECTION,
  /** How a campaign is run. */
  RUN,
  /** How stores are laid out and published. */
  STORAGE,
  /** A label or a matter of output. */
  LABEL,
  /** Known from other implementations, without meaning here; accepted and reported. */
  IGNORED;

  /** True if two configurations that differ in such a key may produce different data. */
  boolean isSemantic() {
    return switch (this) {
      case CANDIDATE, ORACLE, TARGET, ROLLOUT, STORE -> true;
      case SELECTION, RUN, STORAGE, LABEL, IGNORED -> false;
    };
  }
}
