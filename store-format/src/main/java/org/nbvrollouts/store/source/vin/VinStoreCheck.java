package org.nbvrollouts.store.source.vin;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.SampleIdentity;

/** Reads every block of every row of a VIN offline store and lists everything that is wrong. */
public final class VinStoreCheck {
  private final InputProblems problems;
  private final VinStoreReader reader;

  private VinStoreCheck(VinStoreReader reader, InputProblems problems) {
    this.reader = reader;
    this.problems = problems;
  }

  /**
   * What a check found.
   *
   * @param samples rows of the index
   * @param problems one line each; empty for a sound store
   * @param warnings what is legal and deserves a look
   */
  public record Result(long samples, List<String> problems, List<String> warnings) {
    public Result {
      problems = List.copyOf(problems);
      warnings = List.copyOf(warnings);
    }
  }

  /** Checks manifest, index, splits, array documents, offsets, and the content of every row. */
  public static Result check(Path directory, VinStoreReader.RepeatedSnippets repeatedSnippets) {
    InputProblems problems = new InputProblems();
    try {
      VinStoreReader reader = VinStoreReader.open(directory, repeatedSnippets, problems);
      new VinStoreCheck(reader, problems).checkContent();
      return new Result(reader.identities().size(), problems.lines(), reader.warnings());
    } catch (RefusedInputException refused) {
      problems.addAll(refused);
      return new Result(0, problems.lines(), List.of());
    }
  }

  private void checkContent() {
    boolean indexIsSound = problems.isEmpty();
    for (VinShard shard : reader.manifest().shards()) {
      collecting(
          () -> {
            VinShardReader open = reader.shard(shard.shardId());
            shard.blocks().values().forEach(block -> checkBlock(open, block));
          });
    }
    if (indexIsSound) {
      for (SampleIdentity identity : reader.identities()) {
        collecting(() -> reader.load(identity));
      }
    }
  }

  private void checkBlock(VinShardReader shard, VinBlock block) {
    collecting(
        () -> {
          if (block.kind() == VinBlock.Kind.ZARR_ARRAY) {
            shard.checkDocument(block);
          } else {
            shard.offsets(block);
          }
          for (long row = 0; row < shard.shard().numRows(); row++) {
            long each = row;
            collecting(() -> read(shard, block, each));
          }
        });
  }

  private static void read(VinShardReader shard, VinBlock block, long row) {
    if (block.kind() == VinBlock.Kind.ZARR_ARRAY) {
      shard.row(block.name(), row);
      return;
    }
    Optional<byte[]> record = shard.record(block.name(), row);
    record.ifPresent(bytes -> MessagePackParser.parse(bytes, shard.place(block.name(), row)));
  }

  private void collecting(Runnable reading) {
    try {
      reading.run();
    } catch (RefusedInputException refused) {
      problems.addNew(refused);
    }
  }
}
