package org.nbvrollouts.store.source.vin;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts where the fields of joined rows come from. Not thread-safe. */
public final class JoinTally {
  private final Map<Field, Map<Origin, Integer>> counts = new EnumMap<>(Field.class);
  private int unverified;
  private int otherFrameCounts;
  private int unplacedBoxes;

  /** A field that both sides may have. */
  public enum Field {
    REFERENCE_POSE,
    SNIPPET_POSE,
    TRAJECTORY_TIMES,
    GRAVITY,
    POINTS,
    DETECTED_BOXES,
    GROUND_TRUTH_BOXES,
    VOXELS;

    /** The name in manifests. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where a field comes from. */
  public enum Origin {
    VIN,
    SOURCE,
    NONE;

    /** The name in manifests. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  JoinTally() {
    for (Field field : Field.values()) {
      Map<Origin, Integer> origins = new EnumMap<>(Origin.class);
      for (Origin origin : Origin.values()) {
        origins.put(origin, 0);
      }
      counts.put(field, origins);
    }
  }

  void count(Field field, Origin origin) {
    counts.get(field).merge(origin, 1, Integer::sum);
  }

  void countUnverified() {
    unverified++;
  }

  void countOtherFrameCount() {
    otherFrameCounts++;
  }

  void countUnplacedBoxes() {
    unplacedBoxes++;
  }

  /** Rows by origin, for every field. */
  public Map<Field, Map<Origin, Integer>> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** Rows whose walk could not be compared, because the store has none. */
  public int unverified() {
    return unverified;
  }

  /** Rows whose walk has another number of poses in the store and ends at the same pose. */
  public int otherFrameCounts() {
    return otherFrameCounts;
  }

  /** Rows with boxes of the store and no snippet pose on either side. */
  public int unplacedBoxes() {
    return unplacedBoxes;
  }
}
