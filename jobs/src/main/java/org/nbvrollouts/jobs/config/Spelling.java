package org.nbvrollouts.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the known word that somebody may have meant. */
final class Spelling {
  private Spelling() {}

  /**
   * The known path that may have been meant. A key of the same table goes first: one that is a slip
   * of the pen away, which is at most a third of the name, or the only one that ends with the word.
   * Then come the other tables, where the name may also be right as it is.
   */
  static Optional<String> closest(String path, Collection<String> known) {
    String table = table(path);
    List<String> siblings = known.stream().filter(each -> table(each).equals(table)).toList();
    return slipInTable(path, siblings, known)
        .or(() -> onlyEnding("_" + lastName(path), siblings))
        .or(() -> slip(path, known));
  }

  /** A right name of another table is more likely than two wrong letters. */
  private static Optional<String> slipInTable(
      String path, List<String> siblings, Collection<String> known) {
    String name = lastName(path);
    boolean isKnownElsewhere = known.stream().anyMatch(each -> lastName(each).equals(name));
    return slip(path, siblings)
        .filter(best -> !isKnownElsewhere || distance(name, lastName(best)) <= 1);
  }

  private static Optional<String> onlyEnding(String end, List<String> siblings) {
    List<String> ending = siblings.stream().filter(each -> each.endsWith(end)).toList();
    return ending.size() == 1 ? Optional.of(ending.get(0)) : Optional.empty();
  }

  private static Optional<String> slip(String path, Collection<String> known) {
    String name = lastName(path);
    Comparator<String> nearest =
        Comparator.<String>comparingInt(candidate -> distance(name, lastName(candidate)))
            .thenComparingInt(candidate -> distance(path, candidate))
            .thenComparing(Comparator.naturalOrder());
    return known.stream().min(nearest).filter(best -> isSlip(distance(name, lastName(best)), name));
  }

  private static boolean isSlip(int distance, String name) {
    return distance <= Math.max(1, name.length() / 3) && distance < name.length();
  }

  private static String table(String path) {
    return path.substring(0, path.lastIndexOf('.') + 1);
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Levenshtein distance: insertions, deletions and replacements, two rows at a time. */
  static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] current = new int[right.length() + 1];
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replace = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
