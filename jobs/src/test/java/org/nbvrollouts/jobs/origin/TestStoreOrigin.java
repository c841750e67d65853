package org.nbvrollouts.jobs.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.jobs.origin.StoreOrigin.Overrides;
import org.nbvrollouts.store.error.RefusedInputException;

class TestStoreOrigin {
  @TempDir static Path folder;
  private static StoredCampaign campaign;

  @BeforeAll
  static void build() throws IOException {
    campaign = StoredCampaign.build(folder);
  }

  @Test
  void everyRolloutLeadsBackToItsRowItsMeshAndItsTarget() {
    try (StoreOrigin store = StoreOrigin.open(campaign.store(), Overrides.NONE)) {
      List<String> ids = store.rolloutIds();
      assertThat(ids).hasSizeGreaterThan(4).doesNotHaveDuplicates();
      for (int row = 0; row < ids.size(); row++) {
        StoredChain chain = store.chain(row);
        ChainOrigin origin = store.origin(chain);
        assertThat(store.rowOf(ids.get(row))).isEqualTo(row);
        assertThat(store.rowOf(Integer.toString(row))).isEqualTo(row);
        assertThat(chain.id())
            .isEqualTo(
                "%08d-target-%02d-%s-%06d",
                origin.sample().identity().sampleIndex(),
                origin.target().actor().rank(),
                origin.recipe().name(),
                chain.rollout().integer("chain_id"));
        assertThat(origin.mesh().faceCount()).isPositive();
        assertThat(chain.steps()).isNotEmpty();
        for (StoredStep step : chain.steps()) {
          assertThat(step.candidates()).hasSize(12).hasSameSizeAs(step.diagnostics());
          assertThat(step.candidates().get(step.selectedShellIndex()).truth("selected_mask"))
              .isTrue();
        }
      }
    }
  }

  @Test
  void anUnknownRolloutIsRefusedWithSomeThatExist() {
    try (StoreOrigin store = StoreOrigin.open(campaign.store(), Overrides.NONE)) {
      assertThatThrownBy(() -> store.rowOf("nothing"))
          .isInstanceOf(RefusedInputException.class)
          .hasMessageStartingWith("Cannot find rollout: the store has none of this id or row (")
          .hasMessageContaining("Some that are there: " + store.rolloutIds().get(0) + ", ");
      assertThatThrownBy(() -> store.rowOf("9999"))
          .isInstanceOf(RefusedInputException.class)
          .hasMessageContaining("(rollout=9999, rollouts=" + store.rolloutIds().size());
    }
  }

  @Test
  void anotherConfigurationIsRefused() throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("other.toml"), StoredCampaign.CONFIG.replace("count = 5", "count = 6"));
    Overrides overrides = new Overrides(Optional.of(other), Optional.empty());
    assertThatThrownBy(() -> StoreOrigin.open(campaign.store(), overrides))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith(
            "Cannot trace store: the configuration is not the one it was made from (stored=cfg1:");
  }

  @Test
  void aSourceThatMovedIsNamedByTheCaller() throws IOException {
    Path moved = folder.resolve("elsewhere");
    Overrides overrides = new Overrides(Optional.empty(), Optional.of(moved));
    try (StoreOrigin store = StoreOrigin.open(campaign.store(), overrides)) {
      assertThatThrownBy(() -> store.origin(store.chain(0)))
          .isInstanceOf(RefusedInputException.class)
          .hasMessageStartingWith("Cannot trace store: its source is not where it was (source=")
          .hasMessageEndingWith("Name its folder with --source");
    }
  }

  @Test
  void aFolderWithoutAStoreIsRefused() {
    assertThatThrownBy(() -> StorePlaces.store(campaign.source()))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Cannot open store: no store is here (expected a folder with");
    assertThatThrownBy(() -> StorePlaces.stores(campaign.source()))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Cannot find stores: neither a store nor a committed shard");
  }
}
