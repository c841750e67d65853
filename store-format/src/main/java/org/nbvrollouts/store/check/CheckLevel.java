package org.nbvrollouts.store.check;

/** How much a store must satisfy; each level holds those before it. */
public enum CheckLevel {
  /** The 88 checks, by which stores of other producers are judged. */
  CORE,
  /** Also the strict extras X1 to X13, which a store must pass to be committed. */
  STRICT,
  /** Also L1 to L6, which later revisions of the schema added under the same version. */
  LATE
}
