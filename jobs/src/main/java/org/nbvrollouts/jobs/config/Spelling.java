package org.nbvrollouts.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known word that somebody may have meant. */
final class Spelling {
  private Spelling() {}

  /**
   * The closest known path, if it is close enough to be a slip of the pen: at most a third of the
   * last name differs, or the last name is right and stands in another table.
   */
  static Optional<String> closest(String path, Collection<String> known) {
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
