package org.nbvrollouts.store.zarr;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nbvrollouts.store.check.RolloutZarrValidator;
import org.nbvrollouts.store.check.StoreSeals;
import org.nbvrollouts.store.damage.FuzzTarget;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.rollout.RandomRollouts;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.table.TypedArrayBuilder;

/** Decoders of chunks, array documents and whole stores. */
public final class ZarrFuzzTargets {
  private static final int ELEMENTS = 3000;
  private static final int LIMIT = 1 << 16;

  private ZarrFuzzTargets() {}

  /** The targets. */
  public static List<FuzzTarget> all() {
    List<FuzzTarget> targets = new ArrayList<>();
    targets.add(
        new FuzzTarget(
            "zstd",
            List.of(compressed(1), compressed(7), Zstd.compress(new byte[LIMIT])),
            input -> ZstdCodec.decompress(input, LIMIT)));
    targets.add(
        new FuzzTarget("blosc", bloscSeeds(), input -> BloscContainer.decode(input, LIMIT)));
    for (String codec : List.of("zstd", "gzip", "sharding")) {
      targets.add(chunk(codec));
      targets.add(document(codec));
    }
    targets.addAll(stores());
    return targets;
  }

  private static byte[] compressed(long seed) {
    return Zstd.compress(bytes(seed));
  }

  private static List<byte[]> bloscSeeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int typeSize : new int[] {1, 2, 4, 8}) {
      seeds.add(BloscContainer.encode(bytes(3), typeSize, 5));
    }
    byte[] noise = new byte[512];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) new SplittableRandom(i).nextInt();
    }
    seeds.add(BloscContainer.encode(noise, 2, 5));
    seeds.addAll(ForeignChunks.all().values());
    return seeds;
  }

  private static TypedArray elements(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TypedArrayBuilder builder = new TypedArrayBuilder(ElementType.INT32);
    for (int i = 0; i < ELEMENTS; i++) {
      builder.add((long) (i / 5 + random.nextInt(3)));
    }
    return builder.build();
  }

  private static byte[] bytes(long seed) {
    return ZstdCodec.remaining(elements(seed).littleEndian());
  }

  private static ArrayDocument documentOf(String codec) {
    Object bytes = Map.of("name", "bytes", "configuration", Map.of("endian", "little"));
    Object zstd = Map.of("name", "zstd", "configuration", Map.of("level", 0L, "checksum", true));
    List<Object> codecs =
        switch (codec) {
          case "zstd" -> List.of(bytes, zstd);
          case "gzip" ->
              List.of(
                  bytes,
                  Map.of("name", "gzip", "configuration", Map.of("level", 5L)),
                  Map.of("name", "crc32c"));
          default ->
              List.of(
                  Map.of(
                      "name",
                      "sharding_indexed",
                      "configuration",
                      Map.of(
                          "chunk_shape",
                          List.of(500L),
                          "codecs",
                          List.of(bytes, zstd),
                          "index_codecs",
                          List.of(bytes, Map.of("name", "crc32c")),
                          "index_location",
                          "end")));
        };
    return ArrayDocument.of(
        List.of((long) ELEMENTS), ElementType.INT32, List.of((long) ELEMENTS), codecs);
  }

  private static MemoryStoreFiles arrayFiles(ArrayDocument document) {
    MemoryStoreFiles files = new MemoryStoreFiles();
    LibraryWriter.writeChunks(files, "a", document, elements(11));
    return files;
  }

  /**
   * Chunks of an array; a Zarr shard without index checksum would hide its index from mutations.
   */
  private static FuzzTarget chunk(String codec) {
    ArrayDocument document = documentOf(codec);
    byte[] valid = arrayFiles(document).read("a/c/0").orElseThrow();
    return new FuzzTarget(
        "chunk-" + codec,
        List.of(valid),
        input -> {
          MemoryStoreFiles files = new MemoryStoreFiles();
          files.replace("a/c/0", input);
          ZarrArrays.read(files, "a", document, 0, ELEMENTS);
          ZarrArrays.read(files, "a", document, 700, 90);
        });
  }

  private static FuzzTarget document(String codec) {
    ArrayDocument document = documentOf(codec);
    MemoryStoreFiles files = arrayFiles(document);
    byte[] valid = CanonicalJson.pretty(document.toJson()).getBytes(StandardCharsets.UTF_8);
    return new FuzzTarget(
        "document-" + codec,
        List.of(valid),
        input -> {
          MemoryStoreFiles copy = files.copy();
          copy.replace("zarr.json", GROUP);
          copy.replace("a/zarr.json", input);
          RolloutZarrStoreReader store = RolloutZarrStoreReader.open(copy);
          if (store.hasArray("a")) {
            store.array("a");
            store.rows(
                "a",
                0,
                (int) Math.min(store.shape("a").isEmpty() ? 1 : store.shape("a").get(0), 1));
          }
        });
  }

  private static final byte[] GROUP =
      "{\"zarr_format\":3,\"node_type\":\"group\",\"attributes\":{}}"
          .getBytes(StandardCharsets.US_ASCII);

  /** Whole stores of which one file is another; the validator has to end with a verdict. */
  private static List<FuzzTarget> stores() {
    List<FuzzTarget> targets = new ArrayList<>();
    MemoryStoreFiles store = new MemoryStoreFiles();
    TableStores.write(
        store,
        RolloutTables.of(
            new RandomRollouts(9).records(2, 5), RandomRollouts.config(), WorkedExample.context()));
    MemoryStoreFiles plain = store.copy();
    new StoreEditor(plain);
    for (String path :
        List.of(
            "zarr.json",
            "manifest.json",
            "steps/step_row_id/c/0",
            "candidates/target_rri/c/0",
            "dictionaries/split/c/0",
            "selected_depth/depth_m/c/0/0/0")) {
      targets.add(store("store-" + path.replace('/', '-'), store, path));
    }
    for (String path :
        List.of(
            "zarr.json",
            "steps/zarr.json",
            "steps/step_row_id/zarr.json",
            "q_h/td_reward/zarr.json",
            "candidates/q_train_mask/zarr.json",
            "dictionaries/policy/zarr.json",
            "selected_depth/depth_m/zarr.json",
            "target_eval_crops/points_world/zarr.json")) {
      targets.add(store("plain-" + path.replace('/', '-'), plain, path));
    }
    return targets;
  }

  private static FuzzTarget store(String name, MemoryStoreFiles store, String path) {
    byte[] valid = store.read(path).orElseThrow(() -> new IllegalStateException(path));
    return new FuzzTarget(
        name,
        List.of(valid),
        input -> {
          MemoryStoreFiles copy = store.copy();
          copy.replace(path, input);
          RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(copy);
          if (RolloutZarrValidator.validateRolloutZarrStore(reader).isStrictlyOk()) {
            StoreSeals.of(reader);
          }
        });
  }
}
