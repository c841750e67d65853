package org.nbvrollouts.store.source.vin;

/**
 * What an import of a VIN offline store may decide.
 *
 * @param splits how rows get their split
 * @param interrupted whether a store of an interrupted run is taken (rule S-11)
 * @param repeatedSnippets whether repeated (scene, snippet) pairs are taken; the last row of a pair
 *     then counts, as in the reference (rule S-2)
 */
public record VinImportOptions(
    Splits splits, Interrupted interrupted, VinStoreReader.RepeatedSnippets repeatedSnippets) {
  /** What to do with a store of an interrupted run. */
  public enum Interrupted {
    REFUSED,
    ACCEPTED
  }

  /** How rows get their split. */
  public sealed interface Splits {
    /** As in the store. */
    record Kept() implements Splits {}

    /**
     * Whole scenes, by the hash of their id (specification source 11.3).
     *
     * @param valScenes scenes in val
     * @param testScenes scenes in test
     */
    record ByScene(int valScenes, int testScenes) implements Splits {}
  }
}
