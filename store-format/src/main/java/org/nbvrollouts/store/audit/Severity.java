package org.nbvrollouts.store.audit;

import java.util.Locale;

/** How bad a suspicious row is. */
public enum Severity {
  /** Deserves a look. */
  WARNING,
  /** Data that should not exist, unless something else explains it. */
  ERROR;

  /** Name in rows and flags. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
