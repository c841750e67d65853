package org.nbvrollouts.store.manifest;

import java.util.Arrays;
import java.util.Locale;
import org.nbvrollouts.store.error.RefusedInputException;

/** How planning orders the rows of a split before it cuts them (specification campaign 3). */
public enum ShardGrouping {
  /** Source order. */
  NONE,
  /** Rows of one scene together, in source order within a scene, so that shards share meshes. */
  SCENE;

  /** Name in the campaign header and on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The grouping of a name. */
  public static ShardGrouping parse(String text) {
    return Arrays.stream(values())
        .filter(grouping -> grouping.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedInputException(
                    "Invalid grouping: " + text + " (expected none or scene)"));
  }
}
