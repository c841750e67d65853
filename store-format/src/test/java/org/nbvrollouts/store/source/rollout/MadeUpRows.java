package org.nbvrollouts.store.source.rollout;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SampleIdentityForm;
import org.nbvrollouts.store.spill.SpilledSort;

/** Rows of sources that nobody has written, in any number. */
public final class MadeUpRows {
  private static final int ROWS_PER_PART = 64;
  private static final int ROWS_PER_SCENE = 100;
  private static final int SCENES_PER_VAL = 10;

  private MadeUpRows() {}

  /** A new scene every hundred rows, every tenth scene in {@code val}. */
  public static RolloutSourceRows of(int rows) {
    SpilledSort<SampleIdentity> sorted =
        new SpilledSort<>(
            Comparator.comparingLong(SampleIdentity::sampleIndex), new SampleIdentityForm());
    for (int i = 0; i < rows; i++) {
      sorted.add(identity(i));
    }
    RolloutSourceManifest manifest =
        new RolloutSourceManifest(
            SourceFixtures.PROVENANCE,
            rows,
            rows / ROWS_PER_SCENE,
            0,
            0,
            new TreeMap<>(),
            List.of());
    return new RolloutSourceRows(manifest, RolloutSourceManifest.hash(manifest.toJson()), sorted);
  }

  /** Who a row is. */
  public static SampleIdentity identity(int row) {
    int number = row / ROWS_PER_SCENE;
    String scene = "scene-" + number;
    return new SampleIdentity(
        row,
        scene + "::k" + row,
        scene,
        "k" + row,
        number % SCENES_PER_VAL == 0 ? "val" : "train",
        "part-%05d".formatted(row / ROWS_PER_PART),
        row % ROWS_PER_PART);
  }
}
