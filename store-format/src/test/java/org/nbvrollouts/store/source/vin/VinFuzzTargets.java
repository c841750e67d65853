package org.nbvrollouts.store.source.vin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.nbvrollouts.store.damage.FuzzTarget;
import org.nbvrollouts.store.source.SampleIdentity;

/** Readers of VIN offline stores: each file of a small store in turn is another. */
public final class VinFuzzTargets {
  private VinFuzzTargets() {}

  /**
   * The targets.
   *
   * @param folder for the files
   */
  public static List<FuzzTarget> all(Path folder) throws IOException {
    Path store = folder.resolve("vin");
    VinStoreFabricator.write(store, 8, 2, VinStoreFabricator.rows(3, 5));
    List<FuzzTarget> targets = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (String name :
        List.of("manifest.json", "sample_index.jsonl", "splits/all.npy", "splits/train.npy")) {
      files.add(store.resolve(name));
    }
    Path shard = store.resolve("shards/shard-000000");
    files.add(shard.resolve("vin/points_world/zarr.json"));
    files.add(shard.resolve("vin/lengths/zarr.json"));
    try (Stream<Path> records = Files.list(shard)) {
      records
          .filter(file -> file.toString().matches(".*detected.*(msgpack|npy)"))
          .forEach(files::add);
    }
    try (Stream<Path> chunks = Files.walk(shard.resolve("vin"))) {
      chunks
          .filter(file -> Files.isRegularFile(file) && file.toString().contains("/c/"))
          .limit(3)
          .forEach(files::add);
    }
    for (Path file : files) {
      targets.add(target(store, file));
    }
    return targets;
  }

  private static FuzzTarget target(Path store, Path file) throws IOException {
    byte[] valid = Files.readAllBytes(file);
    return new FuzzTarget(
        "vin-" + store.relativize(file).toString().replace('/', '-'),
        List.of(valid),
        input -> {
          Files.write(file, input);
          try {
            VinStoreReader reader =
                VinStoreReader.open(store, VinStoreReader.RepeatedSnippets.REFUSED);
            for (SampleIdentity identity : reader.identities()) {
              reader.load(identity);
            }
          } finally {
            Files.write(file, valid);
          }
        });
  }
}
