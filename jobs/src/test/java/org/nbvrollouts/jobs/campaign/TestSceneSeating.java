package org.nbvrollouts.jobs.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.manifest.ManifestFixtures;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.RolloutShardPlanner;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.manifest.ShardInputs;
import org.nbvrollouts.store.source.SampleIdentity;

class TestSceneSeating {
  private static final Seat FIRST = new Seat("127.0.0.1", "0");
  private static final Seat SECOND = new Seat("127.0.0.2", "1");

  @Test
  void withoutAChoiceThereIsNoWish() {
    SceneSeating seating = new SceneSeating();
    assertThat(seating.place(wave("a", "b"))).containsOnly(Optional.empty());
    seating.arrived(FIRST);
    assertThat(seating.place(wave("a", "b"))).containsOnly(Optional.empty());
  }

  @Test
  void shardsOfASceneShareAnExecutorAndScenesAreSpread() {
    SceneSeating seating = both();
    assertThat(seating.place(wave("a", "a", "b", "b")))
        .containsExactly(of(FIRST), of(FIRST), of(SECOND), of(SECOND));
  }

  @Test
  void laterShardsFollowTheMeshToWhereItRan() {
    SceneSeating seating = both();
    seating.ran(SECOND, "a");
    seating.ran(FIRST, "b");
    assertThat(seating.place(wave("a", "b"))).containsExactly(of(SECOND), of(FIRST));
  }

  @Test
  void oneSceneStillKeepsEveryExecutorBusy() {
    SceneSeating seating = both();
    assertThat(seating.place(wave("a", "a", "a", "a")))
        .containsExactly(of(FIRST), of(FIRST), of(SECOND), of(SECOND));
  }

  @Test
  void anExecutorThatLeftGetsNothingAndItsScenesMove() {
    SceneSeating seating = both();
    Seat third = new Seat("127.0.0.1", "2");
    seating.arrived(third);
    seating.ran(FIRST, "a");
    seating.left("0");
    assertThat(seating.place(wave("a", "b"))).containsExactly(of(SECOND), of(third));
  }

  @Test
  void theSchedulerReadsTheWishAsAnExecutor() {
    assertThat(FIRST.location()).isEqualTo("executor_127.0.0.1_0");
  }

  private static SceneSeating both() {
    SceneSeating seating = new SceneSeating();
    seating.arrived(FIRST);
    seating.arrived(SECOND);
    return seating;
  }

  private static Optional<Seat> of(Seat seat) {
    return Optional.of(seat);
  }

  private static List<RolloutShardEntry> wave(String... scenes) {
    ShardInputs inputs =
        new ShardInputs("cfg1:0123456789abcdef", "0123456789abcdef", "rollout-source-v1");
    List<SampleIdentity> rows = new ArrayList<>();
    for (String scene : scenes) {
      int index = rows.size();
      rows.add(
          new SampleIdentity(
              index, scene + "::k" + index, scene, "k" + index, "train", "part-00000", index));
    }
    return ManifestFixtures.plan(
        new RolloutShardPlanner(inputs, "/source", 1, ShardGrouping.NONE), rows);
  }
}
