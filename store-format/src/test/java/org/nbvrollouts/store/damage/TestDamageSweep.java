package org.nbvrollouts.store.damage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.commit.PointerPublisher;
import org.nbvrollouts.store.commit.Publisher;
import org.nbvrollouts.store.commit.RenamePublisher;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.zarr.StoreLayout;

/**
 * Damages every file of committed shards in every way there is a name for; nothing may pass. The
 * long run:
 *
 * <pre>{@code
 * mvn -pl store-format test -Dtest=TestDamageSweep -Dsweep.every=1 -Dsweep.flips=2000 -Dsweep.content=1
 * }</pre>
 */
class TestDamageSweep {
  private static final long SEED = Long.getLong("sweep.seed", 20_260_601);
  private static final int FLIPS = Integer.getInteger("sweep.flips", 150);
  private static final int SWAPS = FLIPS / 4;
  private static final int EVERY = Integer.getInteger("sweep.every", 23);
  private static final int CONTENT_EVERY = Integer.getInteger("sweep.content", 17);

  @TempDir Path root;

  private void sweep(String layout, Publisher publisher, StoreLayout form, int every)
      throws IOException {
    CommittedShards committed = new CommittedShards(root, 2, SEED, publisher, form);
    List<Damage> damages = new DamagePlan(committed, SEED).damages(FLIPS, SWAPS);
    DamageSweep sweep = new DamageSweep(committed);

    sweep.run(damages, every, CONTENT_EVERY);

    System.out.printf(
        "Damage sweep, %s (-Dsweep.seed=%d -Dsweep.every=%d -Dsweep.flips=%d"
            + " -Dsweep.content=%d)%n%s",
        layout, SEED, every, FLIPS, CONTENT_EVERY, sweep.report());
    assertThat(sweep.thrown()).as("a check threw").isEmpty();
    assertThat(sweep.missed()).as("not seen by the seal").isEmpty();
    assertThat(sweep.unnamed()).as("no finding names a damaged file").isEmpty();
    for (var entry : committed.entries()) {
      assertThat(committed.verify(entry, VerifyLevel.FULL).findings()).isEmpty();
    }
  }

  @Test
  void nothingDoneToRenamedShardsPasses() throws IOException {
    sweep(
        "directory, rename",
        new RenamePublisher(Durability.BUFFERED),
        StoreLayout.DIRECTORY,
        EVERY);
  }

  @Test
  void nothingDoneToPointedAtShardsPasses() throws IOException {
    sweep("directory, pointer", new PointerPublisher(), StoreLayout.DIRECTORY, EVERY);
  }

  @Test
  void nothingDoneToPackedShardsPasses() throws IOException {
    // Four files a shard: every damage of every kind.
    sweep("packed, pointer", new PointerPublisher(), StoreLayout.PACKED, 1);
  }
}
