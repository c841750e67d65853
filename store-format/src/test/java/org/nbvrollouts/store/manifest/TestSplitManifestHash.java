package org.nbvrollouts.store.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestSplitManifestHash {

  @Test
  void goldenRowsHaveTheGoldenHash() {
    assertThat(SplitManifestHash.of("0123456789abcdef", "train", ManifestFixtures.goldenRows()))
        .isEqualTo("9365e62d52438460");
  }

  @Test
  void theOrderOfTheRowsCounts() {
    List<RolloutShardRow> reversed = new ArrayList<>(ManifestFixtures.goldenRows());
    Collections.reverse(reversed);
    assertThat(SplitManifestHash.of("0123456789abcdef", "train", reversed))
        .isEqualTo("27bf0e4f723a14f5");
  }
}
