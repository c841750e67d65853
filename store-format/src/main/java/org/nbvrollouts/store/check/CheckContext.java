package org.nbvrollouts.store.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.Elements;
import org.nbvrollouts.store.table.IdIndex;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** The store under test with its arrays in pages, and the findings so far. */
final class CheckContext {
  private static final String MISSING = "array is missing";

  private final StorePages pages;
  private final Map<String, IdIndex> indexes = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Finding> strictFindings = new ArrayList<>();
  private final List<Finding> lateFindings = new ArrayList<>();

  CheckContext(RolloutZarrStoreReader store) {
    this.pages = new StorePages(store);
  }

  RolloutZarrStoreReader store() {
    return pages.store();
  }

  StorePages pages() {
    return pages;
  }

  List<Finding> findings() {
    return findings;
  }

  List<Finding> strictFindings() {
    return strictFindings;
  }

  List<Finding> lateFindings() {
    return lateFindings;
  }

  /**
   * Runs one check. Content that cannot be read is a finding of that check; failures of the storage
   * go through, as they say nothing about the store.
   */
  void check(String code, String path, Runnable body) {
    try {
      body.run();
    } catch (EnvironmentException e) {
      throw e;
    } catch (RuntimeException e) {
      fail(code, path, -1, "cannot be checked: " + reason(e));
    }
  }

  private static String reason(RuntimeException e) {
    if (e instanceof NbvException) {
      return e.getMessage();
    }
    // Checks take it that the columns of a table have the same rows; others say if they have not.
    return e instanceof IndexOutOfBoundsException
        ? "an array that it needs has too few elements"
        : "the content is of no form that it knows (" + e.getClass().getSimpleName() + ")";
  }

  void fail(String code, String path, long row, String message) {
    Finding finding = new Finding(code, path, row, message);
    listOf(code).add(finding);
  }

  private List<Finding> listOf(String code) {
    return switch (code.charAt(0)) {
      case 'X' -> strictFindings;
      case 'L' -> lateFindings;
      default -> findings;
    };
  }

  /** A finding that only the strict level reports, whatever its code. */
  void failStrictly(String code, String path, long row, String message) {
    strictFindings.add(new Finding(code, path, row, message));
  }

  /** One finding for all rows of a tally, naming their number and the first few; or none. */
  void failAt(String code, String path, Tally bad, String message) {
    if (!bad.isEmpty()) {
      fail(code, path, bad.firstRow(), message + " " + bad);
    }
  }

  /** One finding for all rows that are bad. */
  void failWhere(String code, String path, int rows, IntPredicate bad, String message) {
    Tally tally = new Tally();
    for (int row = 0; row < rows; row++) {
      if (bad.test(row)) {
        tally.add(row);
      }
    }
    failAt(code, path, tally, message);
  }

  /** One finding for all rows of an array that have a bad element, which is asked by flat index. */
  void failWhereElement(
      String code, String path, Elements elements, IntPredicate bad, String message) {
    Tally tally = new Tally();
    int size = elements.size();
    for (int i = 0; i < size; i++) {
      if (bad.test(i)) {
        tally.add(i / elements.rowSize());
      }
    }
    failAt(code, path, tally, message);
  }

  /** True if the array has a document; one that cannot be parsed counts as missing. */
  boolean has(String path) {
    return absence(path).isEmpty();
  }

  /** Why an array counts as missing, in words for a message; empty if it does not. */
  Optional<String> absence(String path) {
    try {
      if (!store().hasArray(path)) {
        return Optional.of(MISSING);
      }
      store().shape(path);
      return Optional.empty();
    } catch (InvalidContentException e) {
      return Optional.of("array has no readable document: " + e.getMessage());
    }
  }

  /** Names of the arrays of a group that count as missing, with the reason if it is another. */
  List<String> absentArrays(String group) {
    List<String> absent = new ArrayList<>();
    for (ArraySpec spec : StoreSchema.current().arrays(group)) {
      absence(spec.path())
          .ifPresent(
              why ->
                  absent.add(
                      why.equals(MISSING) ? spec.name() : "%s (%s)".formatted(spec.name(), why)));
    }
    return absent;
  }

  /** The elements of an array, read when they are asked for. */
  Elements array(String path) {
    return pages.column(path);
  }

  List<Long> shape(String path) {
    return store().shape(path);
  }

  int rows(String path) {
    List<Long> shape = store().shape(path);
    if (shape.isEmpty()) {
      throw new InvalidContentException("shape [] has no rows (array=%s)".formatted(path));
    }
    return Math.toIntExact(shape.get(0));
  }

  Object root(String attribute) {
    return store().rootAttributes().get(attribute);
  }

  String rootText(String attribute) {
    return root(attribute) instanceof String text ? text : "";
  }

  long rootNumber(String attribute) {
    return root(attribute) instanceof Number number ? number.longValue() : -1;
  }

  Object attribute(String group, String name) {
    return store().groupAttributes(group).get(name);
  }

  /** True if both are equal texts or equal numbers. */
  static boolean same(Object found, Object expected) {
    if (found instanceof Number a && expected instanceof Number b) {
      return a.doubleValue() == b.doubleValue();
    }
    return found != null && found.equals(expected);
  }

  /** Row of each id of a key column. */
  IdIndex index(String path) {
    return indexes.computeIfAbsent(path, key -> IdIndex.of(array(key)));
  }

  /** Entry of a dictionary; an index outside counts as the empty text. */
  String text(String dictionary, long id) {
    List<String> entries = store().dictionary(dictionary);
    return id >= 0 && id < entries.size() ? entries.get((int) id) : "";
  }
}
