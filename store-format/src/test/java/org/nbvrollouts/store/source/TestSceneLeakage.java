package org.nbvrollouts.store.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestSceneLeakage {
  private static SampleIdentity row(long index, String scene, String split) {
    return new SampleIdentity(index, "k" + index, scene, "s" + index, split, "shard-000000", index);
  }

  @Test
  void scenesOfOneSplitDoNotLeak() {
    List<SampleIdentity> rows =
        List.of(row(0, "a", "train"), row(1, "a", "train"), row(2, "b", "val"));

    assertThat(SceneLeakage.warning(rows)).isEmpty();
  }

  @Test
  void atMostTenScenesAreNamed() {
    List<SampleIdentity> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(row(2L * i, String.format("scene-%02d", i), "val"));
      rows.add(row(2L * i + 1, String.format("scene-%02d", i), "train"));
    }

    assertThat(SceneLeakage.warning(rows).orElseThrow())
        .startsWith("12 scenes lie in more than one split")
        .contains("scene-00 in train and val, scene-01 in")
        .endsWith("scene-09 in train and val and 2 more");
  }
}
