package org.nbvrollouts.store.zarr;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.nbvrollouts.store.check.RolloutZarrValidator;
import org.nbvrollouts.store.damage.HostileCase;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.pack.StorePacker;
import org.nbvrollouts.store.rollout.RandomRollouts;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.RolloutTables;

/** Chunks, Zarr shards and array documents that claim what is not there. */
public final class HostileArrays {
  private static final int ROWS = 3000;
  private static final int CHUNK = ROWS * Integer.BYTES;
  private static final Object BYTES =
      Map.of("name", "bytes", "configuration", Map.of("endian", "little"));
  private static final Object ZSTD =
      Map.of("name", "zstd", "configuration", Map.of("level", 0L, "checksum", false));
  private static final Object GZIP = Map.of("name", "gzip", "configuration", Map.of("level", 5L));
  private static final Object CRC = Map.of("name", "crc32c");

  private HostileArrays() {}

  private static Object blosc() {
    return Map.of(
        "name",
        "blosc",
        "configuration",
        Map.of(
            "typesize",
            4L,
            "cname",
            "zstd",
            "clevel",
            5L,
            "shuffle",
            "bitshuffle",
            "blocksize",
            0L));
  }

  private static Object sharding(long chunkRows, Object inner) {
    return Map.of(
        "name",
        "sharding_indexed",
        "configuration",
        Map.of(
            "chunk_shape",
            List.of(chunkRows),
            "codecs",
            List.of(BYTES, inner),
            "index_codecs",
            List.of(BYTES, CRC),
            "index_location",
            "end"));
  }

  /** The inputs. */
  public static List<HostileCase> cases(Path folder) throws IOException {
    List<HostileCase> cases = new ArrayList<>();
    bombs(cases);
    shards(cases);
    documents(cases, folder);
    stores(cases, folder);
    return cases;
  }

  private static void add(
      List<HostileCase> cases, String name, String message, HostileCase.Reading reading) {
    cases.add(new HostileCase(name, message, reading));
  }

  private static void read(long rows, long chunkRows, List<Object> codecs, byte[] chunk) {
    ArrayDocument document =
        ArrayDocument.of(List.of(rows), ElementType.INT32, List.of(chunkRows), codecs);
    MemoryStoreFiles files = new MemoryStoreFiles();
    files.replace(
        "zarr.json",
        "{\"zarr_format\":3,\"node_type\":\"group\",\"attributes\":{}}"
            .getBytes(StandardCharsets.UTF_8));
    files.replace(
        "a/zarr.json", CanonicalJson.pretty(document.toJson()).getBytes(StandardCharsets.UTF_8));
    files.replace("a/c/0", chunk);
    RolloutZarrStoreReader.open(files).array("a");
  }

  private static void readChunk(Object codec, byte[] chunk) {
    read(ROWS, ROWS, List.of(BYTES, codec), chunk);
  }

  private interface Compression {
    OutputStream around(OutputStream out) throws IOException;
  }

  /** A gibibyte of zeros. */
  private static byte[] bomb(Compression compression) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    try (OutputStream out = compression.around(bytes)) {
      for (int i = 0; i < 1024; i++) {
        out.write(zeros);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] repeated(byte[] part, int times) {
    ByteBuffer all = ByteBuffer.allocate(part.length * times);
    while (all.hasRemaining()) {
      all.put(part);
    }
    return all.array();
  }

  private static byte[] bloscHeader(int flags, int bytes, int block, int total) {
    return ByteBuffer.allocate(total)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {2, 1, (byte) flags, 4})
        .putInt(bytes)
        .putInt(block)
        .putInt(total)
        .array();
  }

  private static void bombs(List<HostileCase> cases) {
    add(
        cases,
        "zstd bomb",
        "Corrupt zstd frame: Destination buffer is too small",
        () -> readChunk(ZSTD, bomb(ZstdOutputStream::new)));
    byte[] says = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xe0, 0, 0, 0, 0, 1, 0, 0, 0, 1};
    add(
        cases,
        "zstd frame that says it is large",
        "Corrupt zstd frame: Src size is incorrect",
        () -> readChunk(ZSTD, says));
    add(
        cases,
        "zstd, a million empty frames",
        "Zstd frame of 0 bytes (expected 12000)",
        () -> readChunk(ZSTD, repeated(Zstd.compress(new byte[0]), 1_000_000)));
    add(
        cases,
        "zstd, a million small frames",
        "zstd frame",
        () -> readChunk(ZSTD, repeated(Zstd.compress(new byte[CHUNK]), 1_000_000)));
    add(
        cases,
        "gzip bomb",
        "Gzip stream beyond",
        () -> readChunk(GZIP, bomb(GZIPOutputStream::new)));
    add(
        cases,
        "Blosc bomb",
        "Blosc header says 2147483647 bytes of elements in 64 (expected at most",
        () -> readChunk(blosc(), bloscHeader(0x94, Integer.MAX_VALUE, 1 << 20, 64)));
    add(
        cases,
        "Blosc of blocks of one byte",
        "Blosc stream of ",
        () -> readChunk(blosc(), bloscHeader(0x94, CHUNK, 1, 64)));
    add(
        cases,
        "Blosc with a negative block size",
        "Blosc block size -1",
        () -> readChunk(blosc(), bloscHeader(0x94, CHUNK, -1, 64)));
    for (int codec : new int[] {0, 1, 3}) {
      byte[] chunk = bloscHeader(codec << 5 | 0x10, CHUNK, CHUNK, 4096);
      ByteBuffer stream = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
      stream.putInt(16, 20).putInt(20, 4000);
      stream.put(24, repeated(new byte[] {(byte) 0xff}, 4000));
      add(
          cases,
          "Blosc bomb of inner codec " + codec,
          List.of("Corrupt BloscLZ stream", "Corrupt LZ4 block", "", "Corrupt zlib stream")
              .get(codec),
          () -> readChunk(blosc(), chunk));
    }
    add(
        cases,
        "Blosc with a foreign inner codec",
        "Blosc chunk with inner codec 2 (expected zstd, lz4, lz4hc, zlib or blosclz)",
        () -> {
          byte[] chunk = bloscHeader(0x50, CHUNK, CHUNK, 64);
          ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).putInt(16, 20).putInt(20, 8);
          readChunk(blosc(), chunk);
        });
  }

  /** A Zarr shard of some bytes and an index with a valid checksum. */
  private static byte[] shard(byte[] data, long... entries) {
    ByteBuffer shard =
        ByteBuffer.allocate(data.length + entries.length * Long.BYTES + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(data);
    for (long entry : entries) {
      shard.putLong(entry);
    }
    CRC32C checksum = new CRC32C();
    checksum.update(shard.array(), data.length, entries.length * Long.BYTES);
    return shard.putInt((int) checksum.getValue()).array();
  }

  private static void shards(List<HostileCase> cases) {
    byte[] chunk = BloscContainer.encode(new byte[CHUNK / 3], 4, 5);
    byte[] plain = Zstd.compress(new byte[CHUNK / 3]);
    for (Object inner : List.of(blosc(), ZSTD)) {
      String name = inner == ZSTD ? ", read by the library" : "";
      byte[] one = inner == ZSTD ? plain : chunk;
      Object codec = sharding(ROWS / 3, inner);
      Consumer<byte[]> reading = content -> read(ROWS, ROWS, List.of(codec), content);
      if (inner != ZSTD) {
        add(
            cases,
            "Zarr shard whose chunks overlap",
            "the chunks of the Zarr shard overlap or lie outside it",
            () -> reading.accept(shard(one, 0, one.length, 0, one.length, 0, one.length)));
      }
      add(
          cases,
          "Zarr shard with enormous offsets" + name,
          inner == ZSTD ? "its bytes do not make a chunk" : "overlap or lie outside it",
          () ->
              reading.accept(
                  shard(one, Long.MAX_VALUE / 2, 8, Long.MAX_VALUE, 1, 1L << 40, 1L << 40)));
      add(
          cases,
          "Zarr shard with a chunk of an exbibyte" + name,
          inner == ZSTD ? "Zstd frame of 0 bytes" : "overlap or lie outside it",
          () -> reading.accept(shard(one, 0, 1L << 60, -1, -1, -1, -1)));
      add(
          cases,
          "Zarr shard with negative lengths" + name,
          inner == ZSTD ? "its bytes do not make a chunk" : "chunk 0 lies outside its Zarr shard",
          () -> reading.accept(shard(one, 0, -5, 0, Long.MIN_VALUE, -7, 3)));
    }
    add(
        cases,
        "Zarr shard of half a billion chunks",
        "chunks in a Zarr shard",
        () -> read(60_000_000, 60_000_000, List.of(sharding(1, ZSTD)), shard(new byte[0], 0, 0)));
  }

  private static void documents(List<HostileCase> cases, Path folder) {
    add(
        cases,
        "array of two billion chunks",
        "chunks at once",
        () -> read(250_000_000, 1, List.of(BYTES, ZSTD), new byte[4]));
    add(
        cases,
        "array beyond the heap",
        "MiB at once (array=a",
        () -> read(250_000_000, 1000, List.of(BYTES, ZSTD), new byte[4]));
    add(
        cases,
        "array of eight gibibytes",
        "more than 2 GiB at once",
        () -> read(Integer.MAX_VALUE, 1000, List.of(BYTES, ZSTD), new byte[4]));
    add(
        cases,
        "array with a negative length",
        "shape holds -1",
        () -> read(-1, 1000, List.of(BYTES, ZSTD), new byte[4]));
    add(
        cases,
        "array with chunks of no rows",
        "chunk_shape holds 0",
        () -> read(10, 0, List.of(BYTES, ZSTD), new byte[4]));
    add(
        cases,
        "chunk file of a tebibyte",
        "Cannot read store file: 1099511627776 bytes (expected at most",
        () -> {
          Path store = folder.resolve("large");
          MemoryStoreFiles files = new MemoryStoreFiles();
          ArrayDocument document =
              ArrayDocument.of(List.of(10L), ElementType.INT32, List.of(10L), List.of(BYTES, ZSTD));
          files.replace(
              "zarr.json",
              "{\"zarr_format\":3,\"node_type\":\"group\"}".getBytes(StandardCharsets.UTF_8));
          files.replace(
              "a/zarr.json",
              CanonicalJson.pretty(document.toJson()).getBytes(StandardCharsets.UTF_8));
          files.replace("a/c/0", new byte[1]);
          files.saveTo(store);
          try (RandomAccessFile chunk =
              new RandomAccessFile(store.resolve("a/c/0").toFile(), "rw")) {
            chunk.setLength(1L << 40);
          }
          RolloutZarrStoreReader.open(store).array("a");
        });
  }

  /** Whole stores of which some arrays claim more rows, all of them absent. */
  private static void stores(List<HostileCase> cases, Path folder) throws IOException {
    MemoryStoreFiles valid = new MemoryStoreFiles();
    TableStores.write(
        valid,
        RolloutTables.of(
            new RandomRollouts(9).records(2, 5), RandomRollouts.config(), WorkedExample.context()));
    String refusal = "Cannot read store: its documents claim far more than its files hold";
    add(
        cases,
        "store of a billion absent elements",
        refusal,
        () -> validate(claiming(valid, "candidates/target_rri", 1 << 30, 1 << 16)));
    add(
        cases,
        "store of a hundred million absent chunks",
        refusal,
        () -> validate(claiming(valid, "candidates/q_train_mask", 100_000_000, 1)));
    add(
        cases,
        "store all of whose tables claim ten million rows",
        refusal,
        () -> validate(claiming(valid, "", 10_000_000, 1 << 16)));
    add(
        cases,
        "digests of a store of a billion absent elements",
        refusal,
        () ->
            ArrayDigests.lines(
                RolloutZarrStoreReader.open(
                    claiming(valid, "candidates/target_rri", 1 << 30, 1 << 16))));
    Path unpacked = folder.resolve("claiming");
    add(
        cases,
        "packing a store of a billion absent elements",
        refusal,
        () -> {
          claiming(valid, "candidates/target_rri", 1 << 30, 1 << 16).saveTo(unpacked);
          new StorePacker(
                  place -> {
                    throw new IllegalStateException("no shard: " + place);
                  })
              .pack(unpacked, folder.resolve("claiming.zarr.zip"));
        });
    add(
        cases,
        "store all of whose tables claim nine hundred thousand rows",
        "would take",
        () -> judged(claiming(valid, "", 900_000, 1 << 16)));
    add(
        cases,
        "store all of whose steps are one step",
        "X3 steps/step_row_id[1]: id is not the row",
        () -> judged(claiming(valid, "", 40_000, 1 << 16)));
  }

  private static void validate(MemoryStoreFiles files) {
    RolloutZarrValidator.validateRolloutZarrStore(RolloutZarrStoreReader.open(files));
  }

  /** A store that can be judged is not refused; its findings are the refusal. */
  private static void judged(MemoryStoreFiles files) {
    var verdict = RolloutZarrValidator.validateRolloutZarrStore(RolloutZarrStoreReader.open(files));
    List<Object> findings = new ArrayList<>(verdict.findings());
    findings.addAll(verdict.strictFindings());
    throw new InvalidContentException(findings.toString());
  }

  /** A copy in which one array, or every array of every table, has that many rows and no chunk. */
  private static MemoryStoreFiles claiming(
      MemoryStoreFiles valid, String path, long rows, long chunkRows) {
    MemoryStoreFiles files = valid.copy();
    new StoreEditor(files);
    for (ArraySpec spec : StoreSchema.current().arrays()) {
      if (spec.isText() || !(path.isEmpty() || spec.path().equals(path))) {
        continue;
      }
      String file = spec.path() + "/zarr.json";
      Map<String, Object> document =
          new LinkedHashMap<>(JsonParser.parseObject(files.read(file).orElseThrow(), file));
      document.put("shape", withFirst(document.get("shape"), rows));
      Map<?, ?> grid = (Map<?, ?>) document.get("chunk_grid");
      Object chunk = ((Map<?, ?>) grid.get("configuration")).get("chunk_shape");
      document.put(
          "chunk_grid",
          Map.of(
              "name",
              "regular",
              "configuration",
              Map.of("chunk_shape", withFirst(chunk, Math.min(rows, chunkRows)))));
      files.remove(spec.path());
      files.replace(file, CanonicalJson.pretty(document).getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  private static List<Object> withFirst(Object lengths, long first) {
    List<Object> changed = new ArrayList<>((List<?>) lengths);
    changed.set(0, first);
    return changed;
  }
}
