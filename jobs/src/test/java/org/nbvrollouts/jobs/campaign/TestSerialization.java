package org.nbvrollouts.jobs.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nbvrollouts.jobs.shard.ShardRunRequests;
import org.nbvrollouts.jobs.shard.ShardRunner;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.manifest.ManifestFixtures;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.RolloutShardPlanner;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.manifest.ShardInputs;
import org.nbvrollouts.store.source.SampleIdentity;

/** Everything that crosses between driver and executors survives the way. */
class TestSerialization {
  static Stream<Serializable> travellers() {
    return Stream.of(
        ShardRunRequests.ofRun(ShardRunner.newRunId()),
        entry(),
        Results.finished("shard-000007", AttemptOutcome.COMMITTED, 600),
        Results.failed("shard-000007"),
        new TaskReport(Results.failed("shard-000007"), new Seat("127.0.0.1", "3")));
  }

  @ParameterizedTest
  @MethodSource("travellers")
  void arrivesAsItLeft(Serializable traveller) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(traveller);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(traveller);
    }
  }

  private static RolloutShardEntry entry() {
    ShardInputs inputs =
        new ShardInputs("cfg1:0123456789abcdef", "0123456789abcdef", "rollout-source-v1");
    SampleIdentity row = new SampleIdentity(0, "S::k0", "S", "k0", "train", "part-00000", 0);
    return ManifestFixtures.plan(
            new RolloutShardPlanner(inputs, "/source", 1, ShardGrouping.NONE), List.of(row))
        .get(0);
  }
}
